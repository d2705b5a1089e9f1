import { Day, Identifier, Text } from '../../fields/scalar-fields.ts';
import { Message } from '../../message.ts';

@Message({
  type: 'PaymentReversed.v1',
  topic: 'receivables',
  key: 'customerId',
  doc: 'A payment did not hold (returned debit, recalled transfer): what it paid is open again.',
})
export class PaymentReversedV1 {
  @Identifier()
  paymentId!: string;
  @Identifier()
  customerId!: string;
  @Day()
  on!: string;
  @Text(500, { optional: true })
  reason?: string;
}
