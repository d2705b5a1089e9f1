import {
  blockKinds,
  collateralKinds,
  Day,
  Decimal,
  Flag,
  Identifier,
  LimitV1,
  Message,
  MoneyField,
  MoneyV1,
  Nested,
  OneOf,
  Text,
  type BlockKind,
  type CollateralKind,
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
  @Day({ optional: true, meaning: 'The day on which the account is to be reviewed' })
  reviewOn?: string;
  @Text(500, { meaning: 'Why' })
  reason!: string;
  @Text(200, { meaning: 'User id' })
  requestedBy!: string;
}

@Message({
  type: 'SetTemporaryLimit.v1',
  topic: 'credit-commands',
  key: 'customerId',
  doc: 'A person sets a limit that rules instead of the base limit for some days, or ends it.',
})
export class SetTemporaryLimitV1 {
  @Identifier()
  customerId!: string;
  @Nested(() => LimitV1, { optional: true, meaning: 'The limit; without it the temporary limit ends' })
  limit?: LimitV1;
  @Day({ optional: true, meaning: 'The first day on which it rules' })
  validFrom?: string;
  @Day({ optional: true, meaning: 'The last day on which it rules' })
  validUntil?: string;
  @Text(500, { meaning: 'Why' })
  reason!: string;
  @Text(200, { meaning: 'User id' })
  requestedBy!: string;
}

@Message({
  type: 'SetSegmentLimit.v1',
  topic: 'credit-commands',
  key: 'customerId',
  doc: 'A person limits what the customer may owe in one segment, or ends that.',
})
export class SetSegmentLimitV1 {
  @Identifier()
  customerId!: string;
  @Identifier({ meaning: 'The segment' })
  segment!: string;
  @Nested(() => LimitV1, { optional: true, meaning: 'The limit; without it the segment has none' })
  limit?: LimitV1;
  @Day({ optional: true, meaning: 'The last day on which it is valid' })
  validUntil?: string;
  @Text(500, { meaning: 'Why' })
  reason!: string;
  @Text(200, { meaning: 'User id' })
  requestedBy!: string;
}

@Message({
  type: 'TakeCollateral.v1',
  topic: 'credit-commands',
  key: 'customerId',
  doc: 'A person takes collateral in, or alters it.',
})
export class TakeCollateralV1 {
  @Identifier()
  customerId!: string;
  @Identifier({ meaning: 'Id of the collateral' })
  collateralId!: string;
  @OneOf(collateralKinds, { meaning: 'What secures' })
  kind!: CollateralKind;
  @MoneyField({ meaning: 'What it is worth' })
  value!: MoneyV1;
  @Decimal('not-negative', { optional: true, meaning: 'The share of the value that counts; 100 when left out' })
  coveredPercent?: string;
  @Flag({ optional: true, meaning: 'true: the covered share raises the limit' })
  raisesLimit?: boolean;
  @Day({ optional: true })
  validFrom?: string;
  @Day({ optional: true })
  validUntil?: string;
  @Day({ optional: true, meaning: 'From this day on the insurer wants deliveries stopped' })
  stopDeliveryOn?: string;
  @Text(200, { meaning: 'User id' })
  requestedBy!: string;
}

@Message({
  type: 'ReturnCollateral.v1',
  topic: 'credit-commands',
  key: 'customerId',
  doc: 'Collateral is given back.',
})
export class ReturnCollateralV1 {
  @Identifier()
  customerId!: string;
  @Identifier()
  collateralId!: string;
  @Text(200, { meaning: 'User id' })
  requestedBy!: string;
}

@Message({
  type: 'ForceHold.v1',
  topic: 'credit-commands',
  key: 'customerId',
  doc: 'A person wants the customer, or one order, held whatever the rules say.',
})
export class ForceHoldV1 {
  @Identifier()
  customerId!: string;
  @Identifier({ meaning: 'Id of the forced hold' })
  forcedHoldId!: string;
  @Identifier({ optional: true, meaning: 'The one order that is held; every order of the account, when left out' })
  orderId?: string;
  @Text(500, { meaning: 'Why' })
  reason!: string;
  @Text(200, { meaning: 'User id' })
  requestedBy!: string;
}

@Message({
  type: 'LiftForcedHold.v1',
  topic: 'credit-commands',
  key: 'customerId',
  doc: 'A person lifts a forced hold.',
})
export class LiftForcedHoldV1 {
  @Identifier()
  customerId!: string;
  @Identifier()
  forcedHoldId!: string;
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

export type CreditCommand =
  | SetCreditLimitV1
  | SetTemporaryLimitV1
  | SetSegmentLimitV1
  | TakeCollateralV1
  | ReturnCollateralV1
  | ForceHoldV1
  | LiftForcedHoldV1
  | BlockAccountV1
  | LiftBlockV1
  | ReevaluationRequestedV1;
