import { Day, Identifier, Message, Nested, OneOf, Text } from '@ordergate/contracts';

/** Who wants something done to a hold, as the token says: whether that person may is decided where the hold stands. */
export class ActorV1 {
  @Text(255, { meaning: 'User id' })
  userId!: string;
  @Text(1000, { optional: true, meaning: 'Roles, with a space between' })
  roles?: string;
  @Text(10_000, { optional: true, meaning: 'Representatives for whom the person sells, with a space between' })
  salesReps?: string;
}

/** Every command about a hold names its order. */
export class HoldCommandV1 {
  @Identifier()
  customerId!: string;
  @Identifier()
  orderId!: string;
  @Nested(() => ActorV1)
  by!: ActorV1;
}

@Message({
  type: 'ReleaseHold.v1',
  topic: 'credit-commands',
  key: 'customerId',
  doc: 'A person releases a held order, or agrees to the release that another one has asked for.',
})
export class ReleaseHoldV1 extends HoldCommandV1 {
  @Text(500, { meaning: 'Why' })
  reason!: string;
  @Text(2000, { optional: true })
  note?: string;
  @Day({ optional: true, meaning: 'The day on which somebody looks at it again' })
  reviewOn?: string;
}

export const requestAnswers = ['confirmed', 'refused'] as const;

@Message({
  type: 'AnswerReleaseRequest.v1',
  topic: 'credit-commands',
  key: 'customerId',
  doc: 'The second person confirms or refuses a release that the first one has asked for.',
})
export class AnswerReleaseRequestV1 extends HoldCommandV1 {
  @OneOf(requestAnswers)
  answer!: (typeof requestAnswers)[number];
  @Text(2000, { optional: true, meaning: 'Why' })
  note?: string;
}

@Message({
  type: 'DeclineHold.v1',
  topic: 'credit-commands',
  key: 'customerId',
  doc: 'A person ends a hold with no.',
})
export class DeclineHoldV1 extends HoldCommandV1 {
  @Text(500, { meaning: 'Why' })
  reason!: string;
  @Text(2000, { optional: true })
  note?: string;
}

@Message({
  type: 'AssignHold.v1',
  topic: 'credit-commands',
  key: 'customerId',
  doc: 'Somebody takes a hold on, gives it to another one, or puts it back; and says when to look at it again.',
})
export class AssignHoldV1 extends HoldCommandV1 {
  @Text(200, { optional: true, meaning: 'User id; nobody, when left out' })
  assignedTo?: string;
  @Day({ optional: true, meaning: 'The day on which somebody looks at it again; none, when left out' })
  reviewOn?: string;
}

@Message({
  type: 'CommentHold.v1',
  topic: 'credit-commands',
  key: 'customerId',
  doc: 'Sales and finance talk on the case.',
})
export class CommentHoldV1 extends HoldCommandV1 {
  @Text(2000)
  text!: string;
}

@Message({
  type: 'PublishHold.v1',
  topic: 'credit-commands',
  key: 'customerId',
  doc: 'The state of a hold is told again, since an older one may have come after it.',
})
export class PublishHoldV1 {
  @Identifier()
  customerId!: string;
  @Identifier()
  orderId!: string;
}

@Message({
  type: 'RetireHolds.v1',
  topic: 'credit-commands',
  key: 'customerId',
  doc: 'Holds of the customer closed long ago: their place on credit-holds is cleared.',
})
export class RetireHoldsV1 {
  @Identifier()
  customerId!: string;
}

export type HoldCommand =
  ReleaseHoldV1 | AnswerReleaseRequestV1 | DeclineHoldV1 | AssignHoldV1 | CommentHoldV1 | PublishHoldV1;
