import { MoneyField, MoneyV1 } from '../../fields/money-fields.ts';
import { Count, Day } from '../../fields/scalar-fields.ts';

/** What of a customer's invoices was paid on one day, so many days after they were due. */
export class PaidAmountV1 {
  @Day({ meaning: 'The day on which it was paid' })
  paidOn!: string;
  @Count(0, 36500, { meaning: 'Days after the due day; 0 = in time' })
  daysLate!: number;
  @MoneyField({ meaning: 'The sum of that day and lateness as it is now; 0 when it was taken back' })
  amount!: MoneyV1;
}
