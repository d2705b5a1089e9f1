import { fractionDigits, isCurrency, isDay, type WireMoney } from '@ordergate/money';

/** An amount as the language writes it. Exact: the digits of the text are formatted, not a number made of them. */
export function amountInWords({ amount, currency }: WireMoney, language: string): string {
  const digits = fractionDigits(currency);
  const format = { style: 'currency', currency, minimumFractionDigits: digits, maximumFractionDigits: digits } as const;
  return new Intl.NumberFormat(language, format).format(amount as Intl.StringNumericLiteral);
}

/** A calendar day as the language writes it: 2026-11-21 → 21 November 2026. */
export function dayInWords(day: string, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));
}

/** An instant in the company's time zone. */
export function instantInWords(instant: string, language: string, timeZone: string): string {
  const format = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short', timeZone });
  return format.format(new Date(instant));
}

/** What a rule measured or allows, with its unit: an amount, days, per cent, a day, or whatever it says. */
export function figureInWords(value: string, unit: string | undefined, language: string): string {
  if (isDay(value)) return dayInWords(value, language);
  if (!/^-?\d+(\.\d+)?$/.test(value)) return value;
  if (unit !== undefined && isCurrency(unit)) return amountInWords({ amount: value, currency: unit }, language);
  return numberInWords(value as Intl.StringNumericLiteral, unit, language);
}

function numberInWords(value: Intl.StringNumericLiteral, unit: string | undefined, language: string): string {
  const format = (options: Intl.NumberFormatOptions): string =>
    new Intl.NumberFormat(language, { maximumFractionDigits: 20, ...options }).format(value);
  switch (unit) {
    case 'day':
    case 'days':
      return format({ style: 'unit', unit: 'day', unitDisplay: 'long' });
    case '%':
    case 'percent':
      return format({ style: 'unit', unit: 'percent' });
    case undefined:
    case '':
      return format({});
    default:
      return `${format({})} ${unit}`;
  }
}

/** `a, b and c` in the language. */
export const listInWords = (words: readonly string[], language: string): string =>
  new Intl.ListFormat(language, { type: 'conjunction' }).format(words);
