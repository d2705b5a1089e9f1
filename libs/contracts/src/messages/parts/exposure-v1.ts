import { MoneyField, MoneyV1, SignedMoneyV1 } from '../../fields/money-fields.ts';

/** What the customer would owe if everything approved is delivered, by bucket, in the currency of the account. */
export class ExposureV1 {
  @MoneyField({ meaning: 'Approved, not yet shipped or invoiced' })
  openOrders!: MoneyV1;
  @MoneyField({ meaning: 'Shipped, not yet invoiced' })
  shippedNotInvoiced!: MoneyV1;
  @MoneyField({ meaning: 'Invoiced, not yet paid' })
  receivables!: MoneyV1;
  @MoneyField({ meaning: 'Post-dated cheques and promissory notes that have not cleared' })
  instrumentsInHand!: MoneyV1;
  @MoneyField({ meaning: 'Paid, not yet assigned to an invoice; lowers the exposure' })
  unallocatedCredits!: MoneyV1;
  @MoneyField({ sign: 'any', meaning: 'The sum; negative when credits outweigh the rest' })
  total!: SignedMoneyV1;
}
