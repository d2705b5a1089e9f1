import { Count, Identifier, Instant, OneOf, Pattern, Text } from '../../fields/scalar-fields.ts';
import { deciderPattern, deciderProblem } from '../parts/decider.ts';
import { Message } from '../../message.ts';

export const blockKinds = ['stop', 'legal', 'bankruptcy', 'manual', 'closed'] as const;
export type BlockKind = (typeof blockKinds)[number];

@Message({
  type: 'CreditAccountBlocked.v1',
  topic: 'credit-accounts',
  key: 'customerId',
  doc: 'The account is blocked: its orders are held, its shipments refused.',
})
export class CreditAccountBlockedV1 {
  @Identifier()
  customerId!: string;
  @Count(1, Number.MAX_SAFE_INTEGER)
  seq!: number;
  @Identifier({ meaning: 'Id of the block' })
  blockId!: string;
  @OneOf(blockKinds, { meaning: 'What kind of block; `closed` = the customer record was deleted' })
  kind!: BlockKind;
  @Text(500, { optional: true, meaning: 'Why, in words' })
  reason?: string;
  @Pattern(deciderPattern, deciderProblem, { meaning: 'Who blocked it' })
  blockedBy!: string;
  @Instant({ meaning: 'When it was blocked' })
  blockedAt!: string;
}
