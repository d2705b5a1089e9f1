import { Message } from '../../message.ts';
import { OrderV1 } from '../parts/order-v1.ts';

@Message({
  type: 'OrderAmended.v1',
  topic: 'orders',
  key: 'customerId',
  doc: 'An order has changed: the whole order again with a higher orderVersion, not a difference.',
})
export class OrderAmendedV1 extends OrderV1 {}
