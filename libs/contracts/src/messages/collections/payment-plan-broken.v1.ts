import { MoneyField, PositiveMoneyV1 } from '../../fields/money-fields.ts';
import { Day, Identifier } from '../../fields/scalar-fields.ts';
import { Message } from '../../message.ts';

@Message({
  type: 'PaymentPlanBroken.v1',
  topic: 'collections',
  key: 'customerId',
  doc: 'An instalment of a plan was not paid in full.',
})
export class PaymentPlanBrokenV1 {
  @Identifier({ meaning: 'Id of the plan' })
  planId!: string;
  @Identifier()
  customerId!: string;
  @Day({ meaning: 'The due day of the instalment' })
  dueOn!: string;
  @MoneyField({ sign: 'positive', meaning: 'What is missing of it' })
  missing!: PositiveMoneyV1;
  @Day()
  businessDay!: string;
}
