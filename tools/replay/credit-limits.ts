import { addDays, parseDecimal } from '@ordergate/money';
import type { ColumnMap } from './column-map.ts';
import type { Receivable } from './read-receivables.ts';

/**
 * A file of receivables knows no credit limits, so each customer gets a multiple of the most it ever owed within the
 * first days of the file; one that begins later, of its own first days. Rounded down to the minor unit.
 * @returns minor units of the customer's currency by customer
 */
export function creditLimits(
  rows: readonly Receivable[],
  { factor, firstDays }: ColumnMap['limit'],
): Map<string, bigint> {
  const { units, scale } = parseDecimal(factor);
  const endOfFile = addDays(firstDayOf(rows), firstDays);
  const limits = new Map<string, bigint>();
  for (const [customerId, own] of Map.groupBy(rows, (row) => row.customerId)) {
    const firstOn = firstDayOf(own);
    const endsBefore = firstOn < endOfFile ? endOfFile : addDays(firstOn, firstDays);
    limits.set(customerId, (peakReceivables(own, endsBefore) * units) / 10n ** BigInt(scale));
  }
  return limits;
}

const firstDayOf = (rows: readonly Receivable[]): string =>
  rows.reduce((first, { invoicedOn }) => (invoicedOn < first ? invoicedOn : first), rows[0]!.invoicedOn);

/** The most that was open at once before that day. On one day payments come first, as in the walk. */
function peakReceivables(rows: readonly Receivable[], endsBefore: string): bigint {
  const movements = rows
    .flatMap(({ invoicedOn, settledOn, minor }) => [
      { day: invoicedOn, minor },
      // Paid on the day of the invoice: it was owed before.
      ...(settledOn === null
        ? []
        : [{ day: settledOn <= invoicedOn ? addDays(invoicedOn, 1) : settledOn, minor: -minor }]),
    ])
    .filter(({ day }) => day < endsBefore)
    .sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : a.minor < b.minor ? -1 : a.minor > b.minor ? 1 : 0));
  let open = 0n;
  let peak = 0n;
  for (const { minor } of movements) {
    open += minor;
    if (open > peak) peak = open;
  }
  return peak;
}
