import { Decimal } from '../../fields/decimal-fields.ts';
import { MoneyField, MoneyV1 } from '../../fields/money-fields.ts';
import { ListOf } from '../../fields/nested-fields.ts';
import { Count, Day, Identifier } from '../../fields/scalar-fields.ts';
import { AgeingBucketV1 } from '../parts/ageing-bucket-v1.ts';
import { PaidAmountV1 } from '../parts/paid-amount-v1.ts';
import { PromisedAmountV1 } from '../parts/promised-amount-v1.ts';
import { Message } from '../../message.ts';

@Message({
  type: 'CustomerStandingChanged.v1',
  topic: 'collections',
  key: 'customerId',
  doc: 'How the customer pays, as of a business day: overdue, disputed, dunning level, days late.',
})
export class CustomerStandingChangedV1 {
  @Identifier()
  customerId!: string;
  @Day()
  businessDay!: string;
  @MoneyField({ meaning: 'Open items whose due day has passed, disputed ones left out' })
  overdue!: MoneyV1;
  @Count(0, 36500, { meaning: 'Days overdue of the oldest such item, 0 when there is none' })
  oldestOverdueDays!: number;
  @MoneyField({ meaning: 'What is contested' })
  disputed!: MoneyV1;
  @Count(0, 9, { meaning: 'How far the reminders have gone, 0 = none' })
  dunningLevel!: number;
  @Decimal('not-negative', { meaning: 'Average days late of what was paid, weighted by amount' })
  weightedDaysLate!: string;
  @ListOf(() => AgeingBucketV1, { itemsMax: 20, meaning: 'All open items by days overdue' })
  ageing!: AgeingBucketV1[];
  @Count(1, 3650, {
    optional: true,
    meaning: 'Days up to the business day that `weightedDaysLate` and `score` look at',
  })
  windowDays?: number;
  @Count(0, 100, {
    optional: true,
    meaning:
      'The payment record from 0 to 100 (docs/glossary.md); absent while nothing was paid and nothing is overdue',
  })
  score?: number;
  @ListOf(() => PaidAmountV1, {
    optional: true,
    itemsMax: 2000,
    meaning: 'The payment record as far as it has changed since the last such message, for windows of other lengths',
  })
  paid?: PaidAmountV1[];
  @ListOf(() => PromisedAmountV1, {
    optional: true,
    itemsMax: 500,
    meaning:
      'What is promised from the business day on: until its day it excuses the oldest items up to its amount; absent = nothing',
  })
  promised?: PromisedAmountV1[];
}
