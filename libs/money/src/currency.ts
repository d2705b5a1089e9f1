import currencyCodes from 'currency-codes';

/** ISO 4217 gives these no minor unit: metals, bond units, drawing rights, testing, "no currency". Nobody is invoiced in them. */
const notMoney = /^X(A[GU]|B[A-D]|DR|P[DT]|SU|TS|UA|XX)$/;

const digitsByCurrency = new Map(
  currencyCodes.data.filter(({ code }) => !notMoney.test(code)).map(({ code, digits }) => [code, digits]),
);

/** Every currency that money can be in, as ISO 4217 codes in alphabetical order. */
export const currencies: readonly string[] = [...digitsByCurrency.keys()].sort();

/** Whether `code` is a current ISO 4217 currency with a minor unit; case matters (`EUR`, not `eur`). */
export const isCurrency = (code: string): boolean => digitsByCurrency.has(code);

/** How many fraction digits the currency has: JPY 0, EUR 2, KWD 3. Throws RangeError for an unknown currency. */
export function fractionDigits(currency: string): number {
  const digits = digitsByCurrency.get(currency);
  if (digits === undefined) throw new RangeError(`${currency} is not an ISO 4217 currency`);
  return digits;
}
