import { MoneyField, PositiveMoneyV1 } from '../../fields/money-fields.ts';
import { Day, Identifier, Pattern, Text } from '../../fields/scalar-fields.ts';
import { deciderPattern, deciderProblem } from '../parts/decider.ts';
import { Message } from '../../message.ts';

@Message({
  type: 'LegalActionStarted.v1',
  topic: 'collections',
  key: 'customerId',
  doc: 'What the customer owes is claimed in court.',
})
export class LegalActionStartedV1 {
  @Identifier({ meaning: 'Id of the case' })
  caseId!: string;
  @Identifier()
  customerId!: string;
  @MoneyField({ sign: 'positive', meaning: 'What is claimed' })
  claim!: PositiveMoneyV1;
  @Text(500, { optional: true })
  reason?: string;
  @Pattern(deciderPattern, deciderProblem, { meaning: 'Who started it' })
  startedBy!: string;
  @Day({ meaning: 'The day it was started' })
  startedOn!: string;
}
