import { MoneyField, PositiveMoneyV1 } from '../../fields/money-fields.ts';
import { ListOf } from '../../fields/nested-fields.ts';
import { Satisfies } from '../../fields/satisfies.ts';
import { Identifier, Instant, Pattern } from '../../fields/scalar-fields.ts';
import { InstalmentV1, sumToTotal } from '../parts/allocation-v1.ts';
import { deciderPattern, deciderProblem } from '../parts/decider.ts';
import { Message } from '../../message.ts';

@Message({
  type: 'PaymentPlanAgreed.v1',
  topic: 'collections',
  key: 'customerId',
  doc: 'What is overdue will be paid in instalments.',
})
export class PaymentPlanAgreedV1 {
  @Identifier({ meaning: 'Id of the plan' })
  planId!: string;
  @Identifier()
  customerId!: string;
  @MoneyField({ sign: 'positive', meaning: 'What the plan covers' })
  total!: PositiveMoneyV1;
  @Satisfies<PaymentPlanAgreedV1>('must sum to the total, in its currency', (it) => sumToTotal(it, it.instalments))
  @ListOf(() => InstalmentV1, { itemsMin: 1, itemsMax: 120, meaning: 'What is to be paid when; they sum to the total' })
  instalments!: InstalmentV1[];
  @Pattern(deciderPattern, deciderProblem, { meaning: 'Who agreed to it' })
  agreedBy!: string;
  @Instant({ meaning: 'When it was agreed' })
  agreedAt!: string;
}
