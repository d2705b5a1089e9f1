import { Message } from '../../message.ts';
import { GrantV1 } from '../parts/order-decision-v1.ts';

@Message({
  type: 'OrderReleased.v1',
  topic: 'credit-decisions',
  key: 'customerId',
  doc: 'A held order is approved after all, by itself or by a person; credit is reserved.',
})
export class OrderReleasedV1 extends GrantV1 {}
