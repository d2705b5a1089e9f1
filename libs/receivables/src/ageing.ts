import { daysBetween } from '@ordergate/money';

/** Whatever is open and due on a day. */
export interface Due {
  readonly open: bigint;
  readonly dueOn: string;
}

/** Days past the due day: due today is 0 and not overdue, due yesterday is 1; negative while not due. */
export const overdueDays = ({ dueOn }: Due, businessDay: string): number => daysBetween(dueOn, businessDay);

/** What is open past its due day. */
export const overdue = <Item extends Due>(items: readonly Item[], businessDay: string): Item[] =>
  // Days are 'YYYY-MM-DD', so they compare as text.
  items.filter(({ open, dueOn }) => open > 0n && dueOn < businessDay);

/** Days past the due day of the item that is overdue longest; 0 when nothing is overdue. */
export const oldestOverdueDays = (items: readonly Due[], businessDay: string): number =>
  overdue(items, businessDay).reduce((most, item) => Math.max(most, overdueDays(item, businessDay)), 0);

export interface AgeingBucket {
  /** `not-due`, `1-30`, `31-60`, `61-90`, `over-90`. */
  readonly bucket: string;
  /** Minor units. */
  readonly amount: bigint;
}

/** Each bucket ends at its bound, in days overdue; the last one has no end. */
export const ageingBounds: readonly number[] = [0, 30, 60, 90];

/**
 * What is open by days overdue, every bucket named, empty ones too. The items must be in one currency; `amountOf` says
 * which of their amounts to sum (default: `open`). `bounds` are the buckets' last days, ascending, 0 first.
 */
export function ageing<Item extends Due>(
  items: readonly Item[],
  businessDay: string,
  { bounds = ageingBounds, amountOf = (item: Item): bigint => item.open } = {},
): AgeingBucket[] {
  const sums = new Array<bigint>(bounds.length + 1).fill(0n);
  for (const item of items) {
    const days = overdueDays(item, businessDay);
    const found = bounds.findIndex((bound) => days <= bound);
    const at = found < 0 ? bounds.length : found;
    sums[at] = sums[at]! + amountOf(item);
  }
  return sums.map((amount, at) => ({ bucket: nameOf(at, bounds), amount }));
}

function nameOf(at: number, bounds: readonly number[]): string {
  if (at === 0) return 'not-due';
  return at === bounds.length ? `over-${bounds[at - 1]}` : `${bounds[at - 1]! + 1}-${bounds[at]}`;
}
