import { Day, Identifier, ListOf, Text } from '@ordergate/contracts';

export class ReleaseBody {
  @Text(500, { meaning: 'Why; one of the policy’s `release.reasons`, if it lists any' })
  reason!: string;
  @Text(2000, { optional: true })
  note?: string;
  @Day({ optional: true, meaning: 'The day on which somebody looks at it again' })
  reviewOn?: string;
}

class HeldOrder {
  @Identifier()
  orderId!: string;
  @Identifier({ optional: true, meaning: 'Where two customers use one order id' })
  customerId?: string;
}

export class ReleasesBody extends ReleaseBody {
  @ListOf(() => HeldOrder, { itemsMin: 1, itemsMax: 200, meaning: 'The held orders' })
  orders!: HeldOrder[];
}

export class ConfirmationBody {
  @Text(2000, { optional: true })
  note?: string;
}

export class RefusalBody {
  @Text(2000, { meaning: 'Why' })
  note!: string;
}

export class DeclineBody {
  @Text(500, { meaning: 'Why; one of the policy’s `release.declineReasons`, if it lists any' })
  reason!: string;
  @Text(2000, { optional: true })
  note?: string;
}

export class AssignmentBody {
  @Text(200, { optional: true, meaning: 'User id; nobody works on it, when left out' })
  assignedTo?: string;
  @Day({ optional: true, meaning: 'The day on which somebody looks at it again; none, when left out' })
  reviewOn?: string;
}

export class CommentBody {
  @Text(2000, { meaning: 'What is said' })
  text!: string;
}
