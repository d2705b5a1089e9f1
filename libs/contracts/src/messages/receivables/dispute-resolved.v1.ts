import { MoneyField, PositiveMoneyV1 } from '../../fields/money-fields.ts';
import { Day, Identifier, Text } from '../../fields/scalar-fields.ts';
import { Message } from '../../message.ts';

@Message({
  type: 'DisputeResolved.v1',
  topic: 'receivables',
  key: 'customerId',
  doc: 'A dispute is settled; what is still open counts again.',
})
export class DisputeResolvedV1 {
  @Identifier()
  disputeId!: string;
  @Identifier()
  customerId!: string;
  @Identifier()
  invoiceId!: string;
  @MoneyField({
    sign: 'positive',
    optional: true,
    meaning: 'The part that is settled; all of the dispute, when left out',
  })
  amount?: PositiveMoneyV1;
  @Day()
  on!: string;
  @Text(500, { optional: true })
  reason?: string;
}
