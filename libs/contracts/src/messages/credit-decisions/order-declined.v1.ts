import { Message } from '../../message.ts';
import { RefusalV1 } from '../parts/order-decision-v1.ts';

@Message({
  type: 'OrderDeclined.v1',
  topic: 'credit-decisions',
  key: 'customerId',
  doc: 'A person has ended the hold with no, or the policy has since nobody had answered in time (`hold-expired`): the order will not ship.',
})
export class OrderDeclinedV1 extends RefusalV1 {}
