import { MoneyField, MoneyV1 } from '../../fields/money-fields.ts';
import { ListOf } from '../../fields/nested-fields.ts';
import { Count, Day, Identifier, Instant } from '../../fields/scalar-fields.ts';
import { DunnedItemV1 } from '../parts/dunned-item-v1.ts';
import { Message } from '../../message.ts';

@Message({
  type: 'DunningNoticeIssued.v1',
  topic: 'collections',
  key: 'customerId',
  doc: 'The customer is reminded of what is overdue.',
})
export class DunningNoticeIssuedV1 {
  @Identifier({ meaning: 'Id of the notice' })
  noticeId!: string;
  @Identifier()
  customerId!: string;
  @Count(1, 9, { meaning: 'The level that the account has reached' })
  dunningLevel!: number;
  @Day()
  businessDay!: string;
  @MoneyField({ meaning: 'What the notice asks for, without the fee' })
  overdue!: MoneyV1;
  @MoneyField({ optional: true, meaning: 'The fee of this level' })
  fee?: MoneyV1;
  @ListOf(() => DunnedItemV1, { itemsMax: 5000, meaning: 'The items it names' })
  items!: DunnedItemV1[];
  @Instant({ meaning: 'When it was issued' })
  issuedAt!: string;
}
