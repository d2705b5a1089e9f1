import { ApprovalV1 } from './approval-v1.ts';
import { ExposureV1 } from './exposure-v1.ts';
import { LimitV1 } from './limit-v1.ts';
import { ReasonV1 } from './reason-v1.ts';
import { deciderPattern, deciderProblem } from './decider.ts';
import { Decimal } from '../../fields/decimal-fields.ts';
import { MoneyField, MoneyV1, SignedMoneyV1 } from '../../fields/money-fields.ts';
import { ListOf, Nested } from '../../fields/nested-fields.ts';
import { Count, Day, Identifier, Instant, Pattern, Text } from '../../fields/scalar-fields.ts';

/** What every decision about an order says, whatever could be known. */
export class OrderDecisionV1 {
  @Identifier()
  decisionId!: string;
  @Count(1, Number.MAX_SAFE_INTEGER)
  seq!: number;
  @Identifier()
  orderId!: string;
  @Identifier()
  customerId!: string;
  @Instant()
  decidedAt!: string;
  @Day()
  businessDay!: string;
  @ListOf(() => ReasonV1, {
    meaning: 'Why the order is or was held, in the order of the rules; empty when it simply passed',
  })
  reasons!: ReasonV1[];
  @Pattern(deciderPattern, deciderProblem, { meaning: '`policy`, or `user:<id>` when a person decided' })
  decidedBy!: string;
  @Text(500, { optional: true, meaning: 'Why a person decided so' })
  releaseReason?: string;
  @Text(2000, { optional: true })
  note?: string;
  @Decimal('positive', {
    optional: true,
    meaning: 'Units of the account currency for one unit of the order currency, when they differ',
  })
  rate?: string;
  @MoneyField({
    sign: 'any',
    optional: true,
    meaning: 'Limit less exposure before this order; left out for an unlimited account',
  })
  available?: SignedMoneyV1;
}

/** A decision that grants credit: all facts are known. */
export class GrantV1 extends OrderDecisionV1 {
  @Count(1, 2_147_483_647)
  orderVersion!: number;
  @Identifier()
  policyVersion!: string;
  @MoneyField()
  total!: MoneyV1;
  @MoneyField()
  totalInAccountCurrency!: MoneyV1;
  @Nested(() => ExposureV1, { meaning: 'Exposure of the account before this order' })
  exposure!: ExposureV1;
  @Nested(() => LimitV1, { meaning: 'The limit that was in force' })
  limit!: LimitV1;
  @Nested(() => ApprovalV1)
  approval!: ApprovalV1;
}

/** A decision that grants nothing. `technical-error` and `unknown-customer` leave out what could not be known. */
export class RefusalV1 extends OrderDecisionV1 {
  @Count(1, 2_147_483_647, { optional: true })
  orderVersion?: number;
  @Identifier({ optional: true })
  policyVersion?: string;
  @MoneyField({ optional: true })
  total?: MoneyV1;
  @MoneyField({ optional: true })
  totalInAccountCurrency?: MoneyV1;
  @Nested(() => ExposureV1, { optional: true, meaning: 'Exposure of the account before this order' })
  exposure?: ExposureV1;
  @Nested(() => LimitV1, { optional: true, meaning: 'The limit that was in force' })
  limit?: LimitV1;
}
