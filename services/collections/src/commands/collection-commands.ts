import {
  Day,
  Identifier,
  InstalmentV1,
  ListOf,
  Message,
  MoneyField,
  PositiveMoneyV1,
  Text,
} from '@ordergate/contracts';

/** What collectors and calendars want done about a customer: published to its partition, handled like any message (ADR 4). */
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

@Message({
  type: 'DunningRequested.v1',
  topic: 'collection-commands',
  key: 'customerId',
  doc: 'A dunning run comes to the customer.',
})
export class DunningRequestedV1 {
  @Identifier()
  customerId!: string;
  @Identifier({ meaning: 'Id of the run' })
  runId!: string;
}

@Message({
  type: 'RecordPromise.v1',
  topic: 'collection-commands',
  key: 'customerId',
  doc: 'A collector has taken a promise to pay.',
})
export class RecordPromiseV1 {
  @Identifier()
  customerId!: string;
  @Identifier({ meaning: 'Id of the new promise' })
  promiseId!: string;
  @MoneyField({ sign: 'positive', meaning: 'What was promised' })
  amount!: PositiveMoneyV1;
  @Day({ meaning: 'The day by which the customer promised to pay' })
  payOn!: string;
  @Text(200, { meaning: 'User id' })
  requestedBy!: string;
}

@Message({
  type: 'AgreePaymentPlan.v1',
  topic: 'collection-commands',
  key: 'customerId',
  doc: 'A collector has agreed to instalments.',
})
export class AgreePaymentPlanV1 {
  @Identifier()
  customerId!: string;
  @Identifier({ meaning: 'Id of the new plan' })
  planId!: string;
  @ListOf(() => InstalmentV1, { itemsMin: 1, itemsMax: 120, meaning: 'What is to be paid when' })
  instalments!: InstalmentV1[];
  @Text(200, { meaning: 'User id' })
  requestedBy!: string;
}

export type CollectionCommand = StandingReviewRequestedV1 | DunningRequestedV1 | RecordPromiseV1 | AgreePaymentPlanV1;
