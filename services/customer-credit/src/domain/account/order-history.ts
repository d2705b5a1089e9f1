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
  starts: number[];
  days: number[];
  totals: number[];
}

/** So many of an account's newest orders are kept. */
export const ordersKept = 40;
const totalMax = 10n ** 14n;
const dayMs = 86_400_000;
const [space, zero] = [32, 48];

/** Days since 1970-01-01, of a calendar day or of the day in which an instant lies. */
export const dayNumber = (day: string | Date): number =>
  typeof day === 'string' ? Date.parse(day) / dayMs : Math.floor(day.getTime() / dayMs);
export const isKept = (total: bigint): boolean => total < totalMax;

/** The text with an order as its newest, one line an order; a version of it that was there before goes. */
export function withOrder(history: string, { orderId, day, total, salesRepId }: PastOrder): string {
  const without = withoutOrder(history, orderId);
  if (!isKept(total)) return without;
  const all = `${without}${orderId} ${day} ${total} ${salesRepId ?? ''}\n`;
  let lines = 0;
  for (let at = all.indexOf('\n'); at >= 0; at = all.indexOf('\n', at + 1)) lines += 1;
  return lines > ordersKept ? all.slice(all.indexOf('\n') + 1) : all;
}

export function withoutOrder(history: string, orderId: string): string {
  const isFirst = history.startsWith(`${orderId} `);
  const start = isFirst ? 0 : history.indexOf(`\n${orderId} `) + 1;
  if (start === 0 && !isFirst) return history;
  return history.slice(0, start) + history.slice(history.indexOf('\n', start) + 1);
}

/** The orders of a text, oldest first. */
export function readHistory(text: string): OrderHistory {
  const history: OrderHistory = { text, starts: [], days: [], totals: [] };
  let at = 0;
  const number = (): number => {
    let value = 0;
    for (let digit = text.charCodeAt(at); digit !== space; digit = text.charCodeAt((at += 1)))
      value = value * 10 + digit - zero;
    at += 1;
    return value;
  };
  while (at < text.length) {
    history.starts.push(at);
    at = text.indexOf(' ', at) + 1;
    history.days.push(number());
    history.totals.push(number());
    at = text.indexOf('\n', at) + 1;
  }
  return history;
}

/** The place of an order in the history; -1 if it is not there. */
export function placeOf({ text, starts }: OrderHistory, orderId: string): number {
  const line = `${orderId} `;
  return text.includes(line) ? starts.findIndex((start) => text.startsWith(line, start)) : -1;
}

/** Who sold the order at a place; '' when nobody is named. */
export function salesRepAt({ text, starts }: OrderHistory, at: number): string {
  const end = text.indexOf('\n', starts[at]);
  return text.slice(text.lastIndexOf(' ', end) + 1, end);
}
