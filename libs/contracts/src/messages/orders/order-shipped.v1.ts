import { MoneyField, MoneyV1 } from '../../fields/money-fields.ts';
import { Flag, Identifier, Instant } from '../../fields/scalar-fields.ts';
import { Message } from '../../message.ts';

@Message({
  type: 'OrderShipped.v1',
  topic: 'orders',
  key: 'customerId',
  doc: 'Goods of an order have left the warehouse.',
})
export class OrderShippedV1 {
  @Identifier()
  shipmentId!: string;
  @Identifier()
  orderId!: string;
  @Identifier()
  customerId!: string;
  @MoneyField({ meaning: 'What the goods that left are worth' })
  value!: MoneyV1;
  @Flag({ optional: true })
  final?: boolean;
  @Instant()
  shippedAt!: string;
}
