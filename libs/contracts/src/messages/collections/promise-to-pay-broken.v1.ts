import { MoneyField, MoneyV1, PositiveMoneyV1 } from '../../fields/money-fields.ts';
import { Day, Identifier } from '../../fields/scalar-fields.ts';
import { Message } from '../../message.ts';

@Message({
  type: 'PromiseToPayBroken.v1',
  topic: 'collections',
  key: 'customerId',
  doc: 'The day of a promise has passed and less than promised has come in.',
})
export class PromiseToPayBrokenV1 {
  @Identifier({ meaning: 'Id of the promise' })
  promiseId!: string;
  @Identifier()
  customerId!: string;
  @MoneyField({ sign: 'positive', meaning: 'What was promised' })
  amount!: PositiveMoneyV1;
  @MoneyField({ meaning: 'What did come in; more than 0 = partly kept' })
  received!: MoneyV1;
  @Day({ meaning: 'The day by which the customer promised to pay' })
  payOn!: string;
  @Day()
  businessDay!: string;
}
