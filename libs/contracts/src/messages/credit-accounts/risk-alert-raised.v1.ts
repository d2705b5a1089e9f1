import { Count, Day, Identifier, Instant, Text } from '../../fields/scalar-fields.ts';
import { Message } from '../../message.ts';

@Message({
  type: 'RiskAlertRaised.v1',
  topic: 'credit-accounts',
  key: 'customerId',
  doc: 'Something about the customer wants attention before an order is at stake.',
})
export class RiskAlertRaisedV1 {
  @Identifier()
  customerId!: string;
  @Count(1, Number.MAX_SAFE_INTEGER)
  seq!: number;
  @Identifier({ meaning: 'Id of the alert' })
  alertId!: string;
  @Identifier({
    meaning:
      'What was noticed: shipment-unauthorized, goods-uninvoiced, late-payments, demand-spike, score-fell, instrument-bounced, limit-nearly-used …',
  })
  kind!: string;
  @Text(500, { meaning: 'The alert in a sentence, in English' })
  message!: string;
  @Text(64, { optional: true })
  measured?: string;
  @Text(64, { optional: true })
  threshold?: string;
  @Text(16, { optional: true })
  unit?: string;
  @Day()
  businessDay!: string;
  @Instant({ meaning: 'When it was raised' })
  raisedAt!: string;
}
