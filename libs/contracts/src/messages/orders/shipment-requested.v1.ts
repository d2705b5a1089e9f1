import { MoneyField, MoneyV1 } from '../../fields/money-fields.ts';
import { Identifier, Instant } from '../../fields/scalar-fields.ts';
import { Message } from '../../message.ts';

@Message({
  type: 'ShipmentRequested.v1',
  topic: 'orders',
  key: 'customerId',
  doc: 'The warehouse asks whether goods of an approved order may still leave.',
})
export class ShipmentRequestedV1 {
  @Identifier()
  shipmentId!: string;
  @Identifier()
  orderId!: string;
  @Identifier()
  customerId!: string;
  @MoneyField({ optional: true, meaning: 'What the goods are worth; all that is left of the order, when left out' })
  value?: MoneyV1;
  @Instant()
  requestedAt!: string;
}
