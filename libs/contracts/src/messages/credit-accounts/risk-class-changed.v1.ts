import { Count, Identifier, Instant, OneOf, Pattern, Text } from '../../fields/scalar-fields.ts';
import { riskClasses } from '../parts/customer-v1.ts';
import type { RiskClass } from '../parts/customer-v1.ts';
import { deciderPattern, deciderProblem } from '../parts/decider.ts';
import { Message } from '../../message.ts';

@Message({
  type: 'RiskClassChanged.v1',
  topic: 'credit-accounts',
  key: 'customerId',
  doc: 'The customer is in another risk class; policy picks parameters by it.',
})
export class RiskClassChangedV1 {
  @Identifier()
  customerId!: string;
  @Count(1, Number.MAX_SAFE_INTEGER)
  seq!: number;
  @OneOf(riskClasses, { optional: true, meaning: 'The class before; left out when there was none' })
  before?: RiskClass;
  @OneOf(riskClasses, { meaning: 'The class now' })
  after!: RiskClass;
  @Text(500, { optional: true, meaning: 'Why, in words' })
  reason?: string;
  @Pattern(deciderPattern, deciderProblem, { meaning: 'Who or what changed it' })
  changedBy!: string;
  @Instant({ meaning: 'When it was changed' })
  changedAt!: string;
}
