import {
  blockKinds,
  Currency,
  Day,
  Decimal,
  Identifier,
  LimitV1,
  Nested,
  OneOf,
  Text,
  type BlockKind,
} from '@ordergate/contracts';

export class LimitBody {
  @Nested(() => LimitV1, { meaning: 'The new base limit' })
  limit!: LimitV1;
  @Day({ optional: true, meaning: 'The last day on which it is valid' })
  validUntil?: string;
  @Text(500, { meaning: 'Why it is changed' })
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
}

export class ExchangeRateBody {
  @Currency({ meaning: 'Currency that is converted' })
  from!: string;
  @Currency({ meaning: 'Currency of accounts' })
  to!: string;
  @Decimal('positive', { meaning: 'Units of `to` for one unit of `from`' })
  rate!: string;
}
