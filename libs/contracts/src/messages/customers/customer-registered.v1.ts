import { Message } from '../../message.ts';
import { CustomerV1 } from '../parts/customer-v1.ts';

@Message({
  type: 'CustomerRegistered.v1',
  topic: 'customers',
  key: 'customerId',
  doc: 'A customer is new: the whole master record. Orders that were held as unknown-customer are decided again.',
})
export class CustomerRegisteredV1 extends CustomerV1 {}
