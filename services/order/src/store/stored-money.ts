import type { Money } from '@ordergate/money';

/** Two columns, both null or both set. */
export const moneyOf = (minor: string | null, currency: string | null): Money | null =>
  minor === null || currency === null ? null : { minor: BigInt(minor), currency };
