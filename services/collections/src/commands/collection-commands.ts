import { Identifier, Message, Text } from '@ordergate/contracts';

/** A calendar's round comes to a customer: published to its partition, handled like any message (ADR 4). */
@Message({
  type: 'StandingReviewRequested.v1',
  topic: 'collection-commands',
  key: 'customerId',
  doc: 'The customer’s standing may have changed by itself.',
})
export class StandingReviewRequestedV1 {
  @Identifier()
  customerId!: string;
  @Text(200, { meaning: 'What has changed' })
  because!: string;
}
