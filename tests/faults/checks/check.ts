import type { History } from '../history/history.ts';

/** Something that must be true of every history, whatever was killed meanwhile. */
export interface Check {
  name: string;
  says: string;
  /** A sentence for each place where it is not true. */
  violations(history: History): string[];
}

/** A check that needs a part of the history only, so that its spec makes no more than that part. */
export const check = <Part extends keyof History>(
  name: string,
  says: string,
  violations: (history: Pick<History, Part>) => string[],
): Check & { violations(history: Pick<History, Part>): string[] } => ({ name, says, violations });

/** Orders are named by customer and order: the gate keeps them apart. */
export const orderKey = ({ customer_id, order_id }: { customer_id: string; order_id: string }): string =>
  `${customer_id} ${order_id}`;

/** Highest sequence of the highest version: of several decisions about an order this one counts. */
export function effective<Row extends { order_version: number | null; seq: bigint }>(decisions: readonly Row[]): Row {
  return [...decisions]
    .sort((a, b) => (a.order_version ?? 0) - (b.order_version ?? 0) || (a.seq < b.seq ? -1 : 1))
    .at(-1)!;
}
