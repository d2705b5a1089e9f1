import {
  blockKinds,
  Day,
  Identifier,
  LimitV1,
  Message,
  Nested,
  OneOf,
  Text,
  type BlockKind,
} from '@ordergate/contracts';

/** What people want done to an account: published to its partition, handled like any message (SEMANTICS.md 1). */
@Message({
  type: 'SetCreditLimit.v1',
  topic: 'credit-commands',
  key: 'customerId',
  doc: 'A person sets the base limit.',
})
export class SetCreditLimitV1 {
  @Identifier()
  customerId!: string;
  @Nested(() => LimitV1, { meaning: 'The new limit' })
  limit!: LimitV1;
  @Day({ optional: true, meaning: 'The last day on which it is valid' })
  validUntil?: string;
  @Text(500, { meaning: 'Why' })
  reason!: string;
  @Text(200, { meaning: 'User id' })
  requestedBy!: string;
}

@Message({ type: 'BlockAccount.v1', topic: 'credit-commands', key: 'customerId', doc: 'A person blocks the account.' })
export class BlockAccountV1 {
  @Identifier()
  customerId!: string;
  @Identifier({ meaning: 'Id of the new block' })
  blockId!: string;
  @OneOf(blockKinds, { meaning: 'What kind of block' })
  kind!: BlockKind;
  @Text(500, { meaning: 'Why' })
  reason!: string;
  @Text(200, { meaning: 'User id' })
  requestedBy!: string;
}

@Message({ type: 'LiftBlock.v1', topic: 'credit-commands', key: 'customerId', doc: 'A person lifts a block.' })
export class LiftBlockV1 {
  @Identifier()
  customerId!: string;
  @Identifier({ meaning: 'Id of the block' })
  blockId!: string;
  @Text(200, { meaning: 'User id' })
  requestedBy!: string;
}

@Message({
  type: 'ReevaluationRequested.v1',
  topic: 'credit-commands',
  key: 'customerId',
  doc: 'A fact has changed that this account may have waited for.',
})
export class ReevaluationRequestedV1 {
  @Identifier()
  customerId!: string;
  @Text(200, { meaning: 'What has changed' })
  because!: string;
}

export type CreditCommand = SetCreditLimitV1 | BlockAccountV1 | LiftBlockV1 | ReevaluationRequestedV1;
