import { MoneyField, PositiveMoneyV1 } from '../../fields/money-fields.ts';
import { Day } from '../../fields/scalar-fields.ts';

/** What the customer has promised to pay, alone or as an instalment of a plan, and has not paid yet. */
export class PromisedAmountV1 {
  @Day({ meaning: 'The last day on which it is in time' })
  payOn!: string;
  @MoneyField({ sign: 'positive', meaning: 'What is still missing of it' })
  amount!: PositiveMoneyV1;
}
