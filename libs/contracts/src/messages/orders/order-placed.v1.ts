import { Message } from '../../message.ts';
import { OrderV1 } from '../parts/order-v1.ts';

@Message({
  type: 'OrderPlaced.v1',
  topic: 'orders',
  key: 'customerId',
  doc: 'A customer has ordered on credit; the gate answers with a decision.',
})
export class OrderPlacedV1 extends OrderV1 {}
