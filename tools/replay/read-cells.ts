import { isDay } from '@ordergate/money';

const parts: Record<string, string> = {
  YYYY: '(?<year>\\d{4})',
  MM: '(?<month>\\d{2})',
  M: '(?<month>\\d{1,2})',
  DD: '(?<day>\\d{2})',
  D: '(?<day>\\d{1,2})',
};

/** Null when the format names year, month and day once each, else the end of the story for people. */
export function dateFormatProblem(format: string): string | null {
  const found = [...format.matchAll(/YYYY|MM|M|DD|D/g)]
    .map(([part]) => part[0])
    .sort()
    .join('');

  return found === 'DMY' ? null : `dateFormat "${format}" must have YYYY, M or MM, and D or DD once each`;
}

/** ('1/2/2013', 'M/D/YYYY') → '2013-01-02'; null when the text is no day of the calendar in that format. */
export function readDay(text: string, format: string): string | null {
  const pattern = format.replace(/YYYY|MM|M|DD|D|[^A-Za-z0-9]/g, (part) => parts[part] ?? `\\${part}`);
  const { year, month, day } = new RegExp(`^${pattern}$`).exec(text)?.groups ?? {};
  if (!year || !month || !day) return null;
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;

  return isDay(iso) ? iso : null;
}

/** ('1.234,50', ',') → '1234.50': as the wire writes it. Whether it is an amount, its reader finds out. */
export function readAmount(text: string, decimalSign: '.' | ','): string {
  const thousandsSign = decimalSign === '.' ? ',' : '.';

  return text.replaceAll(thousandsSign, '').replace(decimalSign, '.');
}
