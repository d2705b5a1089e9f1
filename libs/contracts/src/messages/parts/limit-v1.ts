import { MoneyField, MoneyV1 } from '../../fields/money-fields.ts';
import { OneOf } from '../../fields/scalar-fields.ts';

export const limitKinds = ['amount', 'unlimited', 'none'] as const;
export type LimitKind = (typeof limitKinds)[number];

/** A credit limit: an amount (zero is one), `unlimited`, or `none` (no credit is granted). */
export class LimitV1 {
  @OneOf(limitKinds, { meaning: '`amount`, `unlimited` or `none` (no credit is granted); zero is an amount' })
  kind!: LimitKind;
  @MoneyField({ onlyWhen: { field: 'kind', is: 'amount' }, meaning: 'The exposure that is allowed' })
  amount?: MoneyV1;
}
