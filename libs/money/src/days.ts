/** Calendar days are 'YYYY-MM-DD' strings, so they sort as text and no time zone can shift them. */
const dayMs = 86_400_000;
const daysOfMonth = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** The first day we take; anything older is a typing error, and year 0 is refused by PostgreSQL. */
export const firstDay = '1900-01-01';
/** The last day that has four year digits; systems write it for "without end". */
export const lastDay = '9999-12-31';

/** Whether `text` is a day of the calendar from 1900-01-01 to 9999-12-31, written YYYY-MM-DD. */
export function isDay(text: string): boolean {
  if (text.length !== 10 || text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) return false;
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 7);
  const day = digits(text, 8, 10);
  if (!(year >= 1900 && month >= 1 && month <= 12 && day >= 1)) return false;
  return day <= (month === 2 && isLeap(year) ? 29 : daysOfMonth[month - 1]!);
}

/** Days from `from` to `to`: 0 on the same day, negative when `to` comes first. NaN when one is no day. */
export const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / dayMs;

/** The day `count` days after `day` (before, if negative), at most 9999-12-31. Throws RangeError when `day` is no day. */
export function addDays(day: string, count: number): string {
  if (!isDay(day)) throw new RangeError(`${day} is not a day`);
  const instant = Date.parse(day) + count * dayMs;
  return instant >= Date.parse(lastDay) ? lastDay : new Date(instant).toISOString().slice(0, 10);
}

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

/** The number that the characters from `start` up to `end` spell, NaN if one of them is no digit. */
function digits(text: string, start: number, end: number): number {
  let value = 0;
  for (let at = start; at < end; at++) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return NaN;
    value = value * 10 + digit;
  }
  return value;
}
