import { fractionDigits, isCurrency, isDay, type WireMoney } from '@ordergate/money';

/**
 * Makes each format once. To make one takes longer than to write the mail, and what ICU holds for it is freed only when V8 collects
 * all of its heap: a burst of mails left 200 MB of such behind.
 */
function made<Options, Format>(make: (language: string, options: Options) => Format) {
  const known = new Map<string, Format>();
  return (language: string, options: Options): Format => {
    const key = JSON.stringify([language, options]);
    const format = known.get(key) ?? make(language, options);
    known.set(key, format);
    return format;
  };
}
const numberFormat = made((language, options: Intl.NumberFormatOptions) => new Intl.NumberFormat(language, options));
const dateFormat = made((language, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(language, options));
const listFormat = made((language, options: Intl.ListFormatOptions) => new Intl.ListFormat(language, options));

/** An amount as the language writes it. Exact: the digits of the text are formatted, not a number made of them. */
export function amountInWords({ amount, currency }: WireMoney, language: string): string {
  const digits = fractionDigits(currency);
  const format = { style: 'currency', currency, minimumFractionDigits: digits, maximumFractionDigits: digits } as const;
  return numberFormat(language, format).format(amount as Intl.StringNumericLiteral);
}

/** A calendar day as the language writes it: 2026-11-21 → 21 November 2026. */
export function dayInWords(day: string, language: string): string {
  return dateFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));
}

/** An instant in the company's time zone. */
export function instantInWords(instant: string, language: string, timeZone: string): string {
  return dateFormat(language, { dateStyle: 'long', timeStyle: 'short', timeZone }).format(new Date(instant));
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
    numberFormat(language, { maximumFractionDigits: 20, ...options }).format(value);
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
  listFormat(language, { type: 'conjunction' }).format(words);
