import { Count, Day, Identifier } from '../../fields/scalar-fields.ts';
import { Message } from '../../message.ts';

@Message({
  type: 'CreditReviewDue.v1',
  topic: 'credit-accounts',
  key: 'customerId',
  doc: 'The account should be reviewed by a person.',
})
export class CreditReviewDueV1 {
  @Identifier()
  customerId!: string;
  @Count(1, Number.MAX_SAFE_INTEGER)
  seq!: number;
  @Day({ meaning: 'The day of the review' })
  dueOn!: string;
  @Day()
  businessDay!: string;
}
