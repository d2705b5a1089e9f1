/** An order as the history keeps it. */
export interface PastOrder {
  orderId: string;
  /** On which it was placed, as a number of days since 1970-01-01. */
  day: number;
  /** Minor units of the account's currency. */
  total: bigint;
  salesRepId: string | null;
}

/**
 * A history as it is asked: columns beside its text, since every order of the gate reads it. Days since 1970-01-01; amounts
 * as numbers, exact, since each is below 10^14 and so are the sums of forty below 2^53.
 */
export interface OrderHistory {
  text: string;
  /** Where the line of each order begins. */
  starts: number[];
  days: number[];
  totals: number[];
}

/** So many of an account's newest orders are kept. */
export const ordersKept = 40;
const totalMax = 10n ** 14n;
const dayMs = 86_400_000;
/** A line is the order's mark, the representative's, the amount, a space, the day: the row is written with every order, so it is short. */
const [orderMark, salesRepMark] = [8, 4];
const nobody = '-'.repeat(salesRepMark);

/** Days since 1970-01-01, of a calendar day or of the day in which an instant lies. */
export const dayNumber = (day: string | Date): number =>
  typeof day === 'string' ? Date.parse(day) / dayMs : Math.floor(day.getTime() / dayMs);
export const isKept = (total: bigint): boolean => total < totalMax;

/** The text with an order as its newest, one line an order; a version of it that was there before goes. */
export function withOrder(history: string, { orderId, day, total, salesRepId }: PastOrder): string {
  const without = withoutOrder(history, orderId);
  if (!isKept(total)) return without;
  const marks = markOf(orderId, orderMark) + markOfSalesRep(salesRepId);
  const all = `${without}${marks}${Number(total).toString(36)} ${Math.max(0, day).toString(36)}\n`;
  let lines = 0;
  for (let at = all.indexOf('\n'); at >= 0; at = all.indexOf('\n', at + 1)) lines += 1;
  return lines > ordersKept ? all.slice(all.indexOf('\n') + 1) : all;
}

export function withoutOrder(history: string, orderId: string): string {
  const start = startOf(history, orderId);
  return start < 0 ? history : history.slice(0, start) + history.slice(history.indexOf('\n', start) + 1);
}

/** Where the order's line begins; -1 if it has none. */
function startOf(history: string, orderId: string): number {
  const mark = markOf(orderId, orderMark);
  if (history.startsWith(mark)) return 0;
  const before = history.indexOf(`\n${mark}`);
  return before < 0 ? -1 : before + 1;
}

/** The orders of a text, oldest first. */
export function readHistory(text: string): OrderHistory {
  const history: OrderHistory = { text, starts: [], days: [], totals: [] };
  let at = 0;
  const number = (): number => {
    let value = 0;
    for (let code = text.charCodeAt(at); code > 32; code = text.charCodeAt((at += 1)))
      value = value * 36 + code - (code < 58 ? 48 : 87);
    at += 1;
    return value;
  };
  while (at < text.length) {
    history.starts.push(at);
    at += orderMark + salesRepMark;
    history.totals.push(number());
    history.days.push(number());
  }
  return history;
}

/** The place of an order in the history; -1 if it is not there. */
export function placeOf({ text, starts }: OrderHistory, orderId: string): number {
  const start = startOf(text, orderId);
  return start < 0 ? -1 : starts.indexOf(start);
}

/** Who sold the order at a place, as `markOfSalesRep` writes it. */
export function salesRepAt({ text, starts }: OrderHistory, at: number): string {
  const start = starts[at]! + orderMark;
  return text.slice(start, start + salesRepMark);
}

export const markOfSalesRep = (salesRepId: string | null): string =>
  salesRepId ? markOf(salesRepId, salesRepMark) : nobody;

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.';

/**
 * An id in a few letters, however long it is: six bits of a hash each. Two of forty orders have the same one once in 10^11
 * accounts; then the older is forgotten.
 */
function markOf(id: string, length: number): string {
  let [one, other] = [0x811c9dc5, 0x2545f491];
  for (let at = 0; at < id.length; at += 1) {
    one = Math.imul(one ^ id.charCodeAt(at), 0x01000193);
    other = Math.imul(other + id.charCodeAt(at), 0x5bd1e995) ^ (other >>> 15);
  }
  let mark = '';
  for (let at = 0; at < length; at += 1) {
    // The high bits have taken in every letter.
    mark += letters[(at % 2 === 0 ? one : other) >>> 26]!;
    one = Math.imul(one, 0x9e3779b1) ^ (one >>> 13);
    other = Math.imul(other, 0x85ebca77) ^ (other >>> 16);
  }
  return mark;
}
