import { MoneyField, MoneyV1 } from '../../fields/money-fields.ts';
import { Day } from '../../fields/scalar-fields.ts';

/** The right to ship up to an amount until a day, inclusive. */
export class ApprovalV1 {
  @MoneyField({ meaning: 'What may be shipped at most, in the currency of the order' })
  ceiling!: MoneyV1;
  @Day({ meaning: 'The last day on which goods may leave' })
  validUntil!: string;
}
