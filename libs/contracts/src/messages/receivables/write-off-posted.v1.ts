import { MoneyField, PositiveMoneyV1 } from '../../fields/money-fields.ts';
import { Day, Identifier } from '../../fields/scalar-fields.ts';
import { Message } from '../../message.ts';

@Message({
  type: 'WriteOffPosted.v1',
  topic: 'receivables',
  key: 'customerId',
  doc: 'Part of an invoice will never be paid and is taken off the books.',
})
export class WriteOffPostedV1 {
  @Identifier()
  writeOffId!: string;
  @Identifier()
  customerId!: string;
  @Identifier()
  invoiceId!: string;
  @MoneyField({ sign: 'positive', meaning: 'What is given up' })
  amount!: PositiveMoneyV1;
  @Day()
  on!: string;
}
