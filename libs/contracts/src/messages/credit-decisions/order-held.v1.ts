import { Message } from '../../message.ts';
import { RefusalV1 } from '../parts/order-decision-v1.ts';

@Message({
  type: 'OrderHeld.v1',
  topic: 'credit-decisions',
  key: 'customerId',
  doc: 'The order must wait, with every reason named; nothing is reserved.',
})
export class OrderHeldV1 extends RefusalV1 {}
