import { MoneyField, MoneyV1 } from '../../fields/money-fields.ts';
import { ListOf } from '../../fields/nested-fields.ts';
import { Count, Identifier, Instant } from '../../fields/scalar-fields.ts';
import { ReasonV1 } from '../parts/reason-v1.ts';
import { Message } from '../../message.ts';

@Message({
  type: 'ShipmentRefused.v1',
  topic: 'credit-decisions',
  key: 'customerId',
  doc: 'The goods must stay, with every reason named. Where the approval is no longer good the order is decided again. Ask anew under another shipmentId.',
})
export class ShipmentRefusedV1 {
  @Count(1, Number.MAX_SAFE_INTEGER)
  seq!: number;
  @Identifier()
  shipmentId!: string;
  @Identifier()
  orderId!: string;
  @Identifier()
  customerId!: string;
  @MoneyField({ meaning: 'What the goods are worth' })
  value!: MoneyV1;
  @ListOf(() => ReasonV1, {
    meaning: 'Why: approval-missing, approval-expired, approval-exceeded, account-blocked, insurance-stop, forced-hold',
  })
  reasons!: ReasonV1[];
  @Instant()
  decidedAt!: string;
}
