import { MoneyField, MoneyV1 } from '../../fields/money-fields.ts';
import { ListOf } from '../../fields/nested-fields.ts';
import { Count, Day, Identifier, Instant, OneOf, Text } from '../../fields/scalar-fields.ts';
import { ReasonV1 } from '../parts/reason-v1.ts';
import { Message } from '../../message.ts';

export const holdStatuses = ['open', 'ready', 'released', 'declined', 'cancelled', 'expired'] as const;
export type HoldStatus = (typeof holdStatuses)[number];

@Message({
  type: 'CreditHold.v1',
  topic: 'credit-holds',
  key: 'orderId',
  doc: 'The hold of an order as it stands now; the topic is compacted, a tombstone follows 30 days after it closed.',
})
export class CreditHoldV1 {
  @Count(1, Number.MAX_SAFE_INTEGER)
  seq!: number;
  @Identifier()
  orderId!: string;
  @Identifier()
  customerId!: string;
  @Count(1, 2_147_483_647, { optional: true })
  orderVersion?: number;
  @OneOf(holdStatuses, { meaning: 'Where the hold stands; `ready` = nothing but a forced hold keeps it' })
  status!: HoldStatus;
  @Instant({ meaning: 'When the order was first held' })
  openedAt!: string;
  @ListOf(() => ReasonV1, { meaning: 'Why it is held, as last decided' })
  reasons!: ReasonV1[];
  @MoneyField({ optional: true, meaning: 'What the order is worth; left out when that could not be read' })
  total?: MoneyV1;
  @MoneyField({ optional: true, meaning: 'By how much it goes beyond the limit, in the currency of the account' })
  excess?: MoneyV1;
  @Text(200, { optional: true })
  assignedTo?: string;
  @Identifier({ optional: true })
  salesRepId?: string;
  @Day({ optional: true, meaning: 'The day on which somebody looks at it again' })
  reviewOn?: string;
  @Text(255, { optional: true, meaning: 'User id: has asked for a release that waits for a second person' })
  releaseRequestedBy?: string;
  @Instant()
  updatedAt!: string;
}
