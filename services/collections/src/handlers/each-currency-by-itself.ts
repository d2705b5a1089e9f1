import type { Rates } from '@ordergate/receivables';

/** Collectors ask for what is on the invoice, in its currency; rates are the gate's business, and only it has them. */
export const eachCurrencyByItself: Rates = { toAccountCurrency: (minor) => minor, comparesCurrencies: false };
