import { Amount, type Sign } from './decimal-fields.ts';
import type { FieldOptions } from './declare-field.ts';
import type { Shape } from './field-registry.ts';
import { Nested } from './nested-fields.ts';
import { Currency } from './scalar-fields.ts';

/** Money on the wire, 0 or more. Totals of orders and invoices may be 0, never negative: what is given back is a credit note. */
export class MoneyV1 {
  @Amount('not-negative')
  amount!: string;
  @Currency()
  currency!: string;
}

/** Money that must be more than 0: payments, credit notes, instalments, allocations. */
export class PositiveMoneyV1 {
  @Amount('positive')
  amount!: string;
  @Currency()
  currency!: string;
}

/** Money that may be negative: what is left of a limit, the sum of an exposure. */
export class SignedMoneyV1 {
  @Amount('any')
  amount!: string;
  @Currency()
  currency!: string;
}

const shapes: Record<Sign, Shape> = { any: SignedMoneyV1, 'not-negative': MoneyV1, positive: PositiveMoneyV1 };

/** `{ "amount": "12.50", "currency": "EUR" }`; not negative unless `sign` says otherwise. */
export const MoneyField = ({
  sign = 'not-negative',
  ...options
}: FieldOptions & { sign?: Sign } = {}): PropertyDecorator => Nested(() => shapes[sign], options);
