import { MoneyField, PositiveMoneyV1 } from '../../fields/money-fields.ts';
import { Count, Day, Identifier } from '../../fields/scalar-fields.ts';

/** An overdue item as a dunning notice names it. */
export class DunnedItemV1 {
  @Identifier()
  invoiceId!: string;
  @MoneyField({ sign: 'positive', meaning: 'What is open of it' })
  open!: PositiveMoneyV1;
  @Day()
  dueOn!: string;
  @Count(1, 36500, { meaning: 'Days since the due day' })
  overdueDays!: number;
}
