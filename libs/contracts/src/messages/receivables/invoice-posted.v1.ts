import { MoneyField, MoneyV1 } from '../../fields/money-fields.ts';
import { ListOf } from '../../fields/nested-fields.ts';
import { Satisfies } from '../../fields/satisfies.ts';
import { Day, Identifier } from '../../fields/scalar-fields.ts';
import { Message } from '../../message.ts';
import { InstalmentV1, sumToTotal } from '../parts/allocation-v1.ts';

@Message({
  type: 'InvoicePosted.v1',
  topic: 'receivables',
  key: 'customerId',
  doc: 'The customer has been invoiced; open orders or shipped goods become a receivable.',
})
export class InvoicePostedV1 {
  @Identifier()
  invoiceId!: string;
  @Identifier()
  customerId!: string;
  @Identifier({ optional: true })
  orderId?: string;
  @Identifier({ optional: true })
  shipmentId?: string;
  @MoneyField({ meaning: 'What the customer owes by this invoice' })
  total!: MoneyV1;
  @Day()
  issuedOn!: string;
  @Day()
  dueOn!: string;
  @Satisfies<InvoicePostedV1>('must sum to the total, in its currency', (it) => sumToTotal(it, it.instalments))
  @ListOf(() => InstalmentV1, {
    optional: true,
    itemsMin: 1,
    itemsMax: 120,
    meaning: 'Parts with due days of their own; they sum to the total',
  })
  instalments?: InstalmentV1[];
}
