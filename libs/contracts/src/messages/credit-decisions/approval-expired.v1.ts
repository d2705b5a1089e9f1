import { MoneyField, MoneyV1 } from '../../fields/money-fields.ts';
import { Count, Day, Identifier } from '../../fields/scalar-fields.ts';
import { Message } from '../../message.ts';

@Message({
  type: 'ApprovalExpired.v1',
  topic: 'credit-decisions',
  key: 'customerId',
  doc: 'An approval has run out before all goods were shipped; what was left is free, the order must be asked again.',
})
export class ApprovalExpiredV1 {
  @Count(1, Number.MAX_SAFE_INTEGER)
  seq!: number;
  @Identifier()
  orderId!: string;
  @Identifier()
  customerId!: string;
  @Day({ meaning: 'The first day on which nothing may be shipped any more' })
  expiredOn!: string;
  @MoneyField({ optional: true, meaning: 'What the approval still reserved' })
  freed?: MoneyV1;
}
