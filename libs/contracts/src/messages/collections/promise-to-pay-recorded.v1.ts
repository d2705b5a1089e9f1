import { MoneyField, PositiveMoneyV1 } from '../../fields/money-fields.ts';
import { Day, Identifier, Instant, Pattern } from '../../fields/scalar-fields.ts';
import { deciderPattern, deciderProblem } from '../parts/decider.ts';
import { Message } from '../../message.ts';

@Message({
  type: 'PromiseToPayRecorded.v1',
  topic: 'collections',
  key: 'customerId',
  doc: 'The customer has committed to an amount and a day.',
})
export class PromiseToPayRecordedV1 {
  @Identifier({ meaning: 'Id of the promise' })
  promiseId!: string;
  @Identifier()
  customerId!: string;
  @MoneyField({ sign: 'positive', meaning: 'What was promised' })
  amount!: PositiveMoneyV1;
  @Day({ meaning: 'The day by which the customer promised to pay' })
  payOn!: string;
  @Pattern(deciderPattern, deciderProblem, { meaning: 'Who took the promise' })
  recordedBy!: string;
  @Instant({ meaning: 'When it was given' })
  recordedAt!: string;
}
