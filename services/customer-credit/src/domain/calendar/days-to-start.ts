import { addDays } from '@ordergate/money';

/** The calendar day at an instant in a zone. Throws RangeError for a zone that does not exist. */
export function dayIn(timeZone: string, at: Date): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(at);
}

/** Every day after the latest one up to today, in turn; today alone when none has started yet. A day never goes back. */
export function daysToStart(latest: string | null, today: string): string[] {
  if (latest === null) return [today];
  const days: string[] = [];
  for (let day = addDays(latest, 1); day <= today; day = addDays(day, 1)) days.push(day);
  return days;
}
