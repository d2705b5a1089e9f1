import { MoneyField, PositiveMoneyV1 } from '../../fields/money-fields.ts';
import { Day, Identifier, Text } from '../../fields/scalar-fields.ts';
import { Message } from '../../message.ts';

@Message({
  type: 'DisputeOpened.v1',
  topic: 'receivables',
  key: 'customerId',
  doc: 'The customer contests an invoice, or a part of it; that part does not count as overdue.',
})
export class DisputeOpenedV1 {
  @Identifier()
  disputeId!: string;
  @Identifier()
  customerId!: string;
  @Identifier()
  invoiceId!: string;
  @MoneyField({
    sign: 'positive',
    optional: true,
    meaning: 'The part that is contested; all that is open, when left out',
  })
  amount?: PositiveMoneyV1;
  @Day()
  on!: string;
  @Text(500, { optional: true })
  reason?: string;
}
