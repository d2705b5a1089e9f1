import { MoneyField, PositiveMoneyV1 } from '../../fields/money-fields.ts';
import { Day, Identifier } from '../../fields/scalar-fields.ts';
import { Message } from '../../message.ts';

@Message({
  type: 'PromiseToPayKept.v1',
  topic: 'collections',
  key: 'customerId',
  doc: 'What was promised has come in.',
})
export class PromiseToPayKeptV1 {
  @Identifier({ meaning: 'Id of the promise' })
  promiseId!: string;
  @Identifier()
  customerId!: string;
  @MoneyField({ sign: 'positive', meaning: 'What was promised' })
  amount!: PositiveMoneyV1;
  @Day({ meaning: 'The day by which the customer promised to pay' })
  payOn!: string;
  @Day()
  businessDay!: string;
}
