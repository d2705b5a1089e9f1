import { MoneyField, MoneyV1 } from '../../fields/money-fields.ts';
import { ListOf } from '../../fields/nested-fields.ts';
import { Count, Day, Identifier, Instant, OneOf } from '../../fields/scalar-fields.ts';
import { OrderLineV1 } from './order-line-v1.ts';

export const paymentMethods = ['open-account', 'prepaid', 'instrument', 'letter-of-credit'] as const;
export type PaymentMethod = (typeof paymentMethods)[number];

/** One version of a whole order, as placed or amended. */
export class OrderV1 {
  @Identifier()
  orderId!: string;
  @Count(1, 2_147_483_647)
  orderVersion!: number;
  @Identifier()
  customerId!: string;
  @MoneyField({ meaning: 'What the order is worth in all; this rules, lines are information' })
  total!: MoneyV1;
  @Instant()
  placedAt!: string;
  @Identifier({ optional: true })
  segment?: string;
  @Identifier({ optional: true })
  salesRepId?: string;
  @OneOf(paymentMethods, { optional: true })
  paymentMethod?: PaymentMethod;
  @Count(0, 3650, {
    optional: true,
    meaning: 'Days from invoice to due day; the agreed terms of the customer, when left out',
  })
  paymentTermsDays?: number;
  @Day({ optional: true })
  instrumentDueOn?: string;
  @Day({ optional: true })
  requestedDeliveryOn?: string;
  @Count(0, 1_000_000, { optional: true })
  priority?: number;
  @ListOf(() => OrderLineV1, { optional: true, itemsMax: 5000 })
  lines?: OrderLineV1[];
}
