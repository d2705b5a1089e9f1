import { MoneyField, PositiveMoneyV1 } from '../../fields/money-fields.ts';
import { Day, Identifier } from '../../fields/scalar-fields.ts';
import { Message } from '../../message.ts';

@Message({
  type: 'CreditNotePosted.v1',
  topic: 'receivables',
  key: 'customerId',
  doc: 'Part of what was invoiced is given back; without an invoice it is an unallocated credit.',
})
export class CreditNotePostedV1 {
  @Identifier()
  creditNoteId!: string;
  @Identifier()
  customerId!: string;
  @Identifier({ optional: true })
  invoiceId?: string;
  @MoneyField({ sign: 'positive', meaning: 'What is given back' })
  total!: PositiveMoneyV1;
  @Day()
  issuedOn!: string;
}
