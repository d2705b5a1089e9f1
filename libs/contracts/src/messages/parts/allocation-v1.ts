import { minorOf } from '@ordergate/money';
import { MoneyField, PositiveMoneyV1 } from '../../fields/money-fields.ts';
import { Day, Identifier } from '../../fields/scalar-fields.ts';

/** The part of a payment that is meant for one invoice. */
export class AllocationV1 {
  @Identifier()
  invoiceId!: string;
  @MoneyField({ sign: 'positive', meaning: 'The part for this invoice, in the currency of the total' })
  amount!: PositiveMoneyV1;
}

/** A part of an invoice or plan that is due on a day of its own. */
export class InstalmentV1 {
  @Day()
  dueOn!: string;
  @MoneyField({ sign: 'positive', meaning: 'What is due on that day, in the currency of the total' })
  amount!: PositiveMoneyV1;
}

interface Whole {
  readonly total: { readonly amount: string; readonly currency: string };
}
type Parts = readonly { readonly amount: { readonly amount: string; readonly currency: string } }[] | undefined;

/** Sum of the parts less the total, in minor units; undefined when a part is in another currency. */
function surplus({ total }: Whole, parts: Parts = []): bigint | undefined {
  if (parts.some(({ amount }) => amount.currency !== total.currency)) return undefined;
  const sum = parts.reduce((minor, { amount }) => minor + minorOf(amount.amount, amount.currency), 0n);
  return sum - minorOf(total.amount, total.currency);
}

export const sumToTotal = (whole: Whole, parts: Parts): boolean => surplus(whole, parts) === 0n;

export function stayWithinTotal(whole: Whole, parts: Parts): boolean {
  const over = surplus(whole, parts);
  return over !== undefined && over <= 0n;
}
