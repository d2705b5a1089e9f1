import { MoneyField, MoneyV1 } from '../../fields/money-fields.ts';
import { Identifier, Instant } from '../../fields/scalar-fields.ts';
import { Message } from '../../message.ts';

@Message({ type: 'ShipmentReturned.v1', topic: 'orders', key: 'customerId', doc: 'Shipped goods have come back.' })
export class ShipmentReturnedV1 {
  @Identifier()
  shipmentId!: string;
  @Identifier()
  orderId!: string;
  @Identifier()
  customerId!: string;
  @MoneyField({ meaning: 'What the goods that came back are worth' })
  value!: MoneyV1;
  @Instant()
  returnedAt!: string;
}
