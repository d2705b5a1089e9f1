import {
  blockKinds,
  collateralKinds,
  Currency,
  Day,
  Decimal,
  Flag,
  Identifier,
  LimitV1,
  MoneyField,
  MoneyV1,
  Nested,
  OneOf,
  Text,
  type BlockKind,
  type CollateralKind,
} from '@ordergate/contracts';

export class LimitBody {
  @Nested(() => LimitV1, { meaning: 'The new base limit' })
  limit!: LimitV1;
  @Day({ optional: true, meaning: 'The last day on which it is valid' })
  validUntil?: string;
  @Day({ optional: true, meaning: 'The day on which the account is to be reviewed' })
  reviewOn?: string;
  @Text(500, { meaning: 'Why it is changed' })
  reason!: string;
}

export class TemporaryLimitBody {
  @Nested(() => LimitV1, { meaning: 'Rules instead of the base limit' })
  limit!: LimitV1;
  @Day({ meaning: 'The first day on which it rules' })
  validFrom!: string;
  @Day({ meaning: 'The last day on which it rules' })
  validUntil!: string;
  @Text(500, { meaning: 'Why it is granted' })
  reason!: string;
}

export class SegmentLimitBody {
  @Nested(() => LimitV1, { meaning: 'What the customer may owe in the segment' })
  limit!: LimitV1;
  @Day({ optional: true, meaning: 'The last day on which it is valid' })
  validUntil?: string;
  @Text(500, { meaning: 'Why it is changed' })
  reason!: string;
}

export class CollateralBody {
  @Identifier({ optional: true, meaning: 'Its id; one that is known is altered, a new one is made when left out' })
  collateralId?: string;
  @OneOf(collateralKinds, { meaning: 'What secures' })
  kind!: CollateralKind;
  @MoneyField({ meaning: 'What it is worth, in the currency of the account' })
  value!: MoneyV1;
  @Decimal('not-negative', { optional: true, meaning: 'The share of the value that counts; 100 when left out' })
  coveredPercent?: string;
  @Flag({ optional: true, meaning: 'true: the covered share raises the limit' })
  raisesLimit?: boolean;
  @Day({ optional: true, meaning: 'The first day on which it secures' })
  validFrom?: string;
  @Day({ optional: true, meaning: 'The last day on which it secures' })
  validUntil?: string;
  @Day({ optional: true, meaning: 'From this day on the insurer wants deliveries stopped' })
  stopDeliveryOn?: string;
}

export class ForcedHoldBody {
  @Identifier({ optional: true, meaning: 'The one order that is held; every order of the account, when left out' })
  orderId?: string;
  @Text(500, { meaning: 'Why' })
  reason!: string;
}

export class BlockBody {
  @OneOf(blockKinds.filter((kind) => kind !== 'closed'), { meaning: 'What kind of block' })
  kind!: BlockKind;
  @Text(500, { meaning: 'Why the account is blocked' })
  reason!: string;
}

export class CreditGroupBody {
  @Currency({ meaning: 'Currency of the pool' })
  currency!: string;
  @Nested(() => LimitV1, { meaning: 'What the group may owe together' })
  limit!: LimitV1;
  @Identifier({ optional: true, meaning: 'The group above it' })
  parentId?: string;
  @Text(500, { meaning: 'Why it is made or changed' })
  reason!: string;
}

export class ExchangeRateBody {
  @Currency({ meaning: 'Currency that is converted' })
  from!: string;
  @Currency({ meaning: 'Currency of accounts' })
  to!: string;
  @Decimal('positive', { meaning: 'Units of `to` for one unit of `from`' })
  rate!: string;
}
