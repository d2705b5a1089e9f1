import { Message } from '../../message.ts';
import { GrantV1 } from '../parts/order-decision-v1.ts';

@Message({
  type: 'OrderApproved.v1',
  topic: 'credit-decisions',
  key: 'customerId',
  doc: 'The order passes the gate at once: credit is reserved, goods may move.',
})
export class OrderApprovedV1 extends GrantV1 {}
