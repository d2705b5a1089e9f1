import { MoneyField, PositiveMoneyV1 } from '../../fields/money-fields.ts';
import { ListOf } from '../../fields/nested-fields.ts';
import { Satisfies } from '../../fields/satisfies.ts';
import { Day, Identifier } from '../../fields/scalar-fields.ts';
import { Message } from '../../message.ts';
import { AllocationV1, stayWithinTotal } from '../parts/allocation-v1.ts';

@Message({
  type: 'PaymentReceived.v1',
  topic: 'receivables',
  key: 'customerId',
  doc: 'Money has come in. Without allocations it pays the oldest due items first; what is left is an unallocated credit.',
})
export class PaymentReceivedV1 {
  @Identifier()
  paymentId!: string;
  @Identifier()
  customerId!: string;
  @MoneyField({ sign: 'positive', meaning: 'What was paid' })
  total!: PositiveMoneyV1;
  @Day()
  receivedOn!: string;
  @Satisfies<PaymentReceivedV1>('must not exceed the total, in its currency', (it) =>
    stayWithinTotal(it, it.allocations),
  )
  @ListOf(() => AllocationV1, { optional: true, itemsMax: 5000 })
  allocations?: AllocationV1[];
}
