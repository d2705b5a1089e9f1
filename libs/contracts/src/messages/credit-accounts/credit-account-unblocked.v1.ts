import { Count, Identifier, Instant, Pattern, Text } from '../../fields/scalar-fields.ts';
import { deciderPattern, deciderProblem } from '../parts/decider.ts';
import { Message } from '../../message.ts';

@Message({
  type: 'CreditAccountUnblocked.v1',
  topic: 'credit-accounts',
  key: 'customerId',
  doc: 'A block of the account is lifted; others may remain.',
})
export class CreditAccountUnblockedV1 {
  @Identifier()
  customerId!: string;
  @Count(1, Number.MAX_SAFE_INTEGER)
  seq!: number;
  @Identifier({ meaning: 'Id of the block' })
  blockId!: string;
  @Text(500, { optional: true, meaning: 'Why, in words' })
  reason?: string;
  @Pattern(deciderPattern, deciderProblem, { meaning: 'Who lifted it' })
  unblockedBy!: string;
  @Instant({ meaning: 'When it was lifted' })
  unblockedAt!: string;
}
