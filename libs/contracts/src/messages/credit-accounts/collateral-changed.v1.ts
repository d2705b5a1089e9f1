import { Decimal } from '../../fields/decimal-fields.ts';
import { MoneyField, MoneyV1 } from '../../fields/money-fields.ts';
import { Count, Day, Flag, Identifier, Instant, OneOf, Pattern } from '../../fields/scalar-fields.ts';
import { deciderPattern, deciderProblem } from '../parts/decider.ts';
import { Message } from '../../message.ts';

export const collateralKinds = ['guarantee', 'letter-of-credit', 'mortgage', 'deposit', 'credit-insurance'] as const;
export type CollateralKind = (typeof collateralKinds)[number];
export const collateralStatuses = ['valid', 'expired', 'withdrawn'] as const;
export type CollateralStatus = (typeof collateralStatuses)[number];

@Message({
  type: 'CollateralChanged.v1',
  topic: 'credit-accounts',
  key: 'customerId',
  doc: 'What secures the exposure has changed: taken in, altered, expired or given back.',
})
export class CollateralChangedV1 {
  @Identifier()
  customerId!: string;
  @Count(1, Number.MAX_SAFE_INTEGER)
  seq!: number;
  @Identifier({ meaning: 'Id of the collateral' })
  collateralId!: string;
  @OneOf(collateralKinds, { meaning: 'What secures' })
  kind!: CollateralKind;
  @OneOf(collateralStatuses, { meaning: 'Whether it secures now' })
  status!: CollateralStatus;
  @MoneyField({ meaning: 'What it is worth' })
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
  @Pattern(deciderPattern, deciderProblem, { meaning: 'Who changed it' })
  changedBy!: string;
  @Instant({ meaning: 'When it was changed' })
  changedAt!: string;
}
