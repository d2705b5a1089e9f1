import { Message } from '../../message.ts';
import { CustomerV1 } from '../parts/customer-v1.ts';

@Message({
  type: 'CustomerChanged.v1',
  topic: 'customers',
  key: 'customerId',
  doc: 'A customer has changed: the whole master record again.',
})
export class CustomerChangedV1 extends CustomerV1 {}
