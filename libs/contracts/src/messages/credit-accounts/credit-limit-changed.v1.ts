import { Nested } from '../../fields/nested-fields.ts';
import { Count, Day, Identifier, Instant, OneOf, Pattern, Text } from '../../fields/scalar-fields.ts';
import { LimitV1 } from '../parts/limit-v1.ts';
import { deciderPattern, deciderProblem } from '../parts/decider.ts';
import { Message } from '../../message.ts';

export const limitScopes = ['base', 'temporary', 'segment'] as const;
export type LimitScope = (typeof limitScopes)[number];

@Message({
  type: 'CreditLimitChanged.v1',
  topic: 'credit-accounts',
  key: 'customerId',
  doc: 'A credit limit of the account has changed: the base limit, the temporary one, or that of a segment.',
})
export class CreditLimitChangedV1 {
  @Identifier()
  customerId!: string;
  @Count(1, Number.MAX_SAFE_INTEGER)
  seq!: number;
  @OneOf(limitScopes, { optional: true, meaning: 'Which limit; `base` when left out' })
  scope?: LimitScope;
  @Identifier({ optional: true, meaning: 'The segment, when the scope is one' })
  segment?: string;
  @Nested(() => LimitV1, { meaning: 'What ruled before, for this scope' })
  before!: LimitV1;
  @Nested(() => LimitV1, { meaning: 'What rules now, for this scope' })
  after!: LimitV1;
  @Day({ optional: true, meaning: 'The first day on which it is valid' })
  validFrom?: string;
  @Day({ optional: true, meaning: 'The last day on which it is valid' })
  validUntil?: string;
  @Text(500)
  reason!: string;
  @Pattern(deciderPattern, deciderProblem, {
    meaning: 'Who or what changed it: `policy`, `user:<id>`, `source:<name>` of a customer record',
  })
  changedBy!: string;
  @Instant({ meaning: 'When it was changed' })
  changedAt!: string;
}
