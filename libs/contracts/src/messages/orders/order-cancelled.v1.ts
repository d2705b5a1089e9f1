import { Identifier, Instant, Text } from '../../fields/scalar-fields.ts';
import { Message } from '../../message.ts';

@Message({
  type: 'OrderCancelled.v1',
  topic: 'orders',
  key: 'customerId',
  doc: 'An order is off, for good; what it reserved is free again.',
})
export class OrderCancelledV1 {
  @Identifier()
  orderId!: string;
  @Identifier()
  customerId!: string;
  @Text(500, { optional: true })
  reason?: string;
  @Instant()
  cancelledAt!: string;
}
