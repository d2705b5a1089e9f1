import {
  Count,
  Day,
  Identifier,
  Instant,
  ListOf,
  MoneyField,
  OneOf,
  OrderLineV1,
  paymentMethods,
  Text,
  type MoneyV1,
  type PaymentMethod,
} from '@ordergate/contracts';

/** What placing and amending have in common: the data of OrderPlaced.v1. */
class OrderBody {
  @Identifier()
  customerId!: string;
  @MoneyField({ meaning: 'What the order is worth in all; this rules, lines are information' })
  total!: MoneyV1;
  @Instant({ optional: true, meaning: 'As known, else now, when left out' })
  placedAt?: string;
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

export class PlaceOrder extends OrderBody {
  @Identifier()
  orderId!: string;
  @Count(1, 2_147_483_647, { optional: true, meaning: '1, when left out' })
  orderVersion?: number;
}

export class AmendOrder extends OrderBody {
  @Identifier({ optional: true, meaning: 'As in the path' })
  orderId?: string;
  @Count(1, 2_147_483_647, { meaning: 'Higher than the version that is known' })
  orderVersion!: number;
}

export class CancelOrder {
  @Identifier({ optional: true, meaning: 'Whose order it is; needed for an order that has not come yet' })
  customerId?: string;
  @Text(500, { optional: true })
  reason?: string;
  @Instant({ optional: true, meaning: 'Now, when left out' })
  cancelledAt?: string;
}

export class RequestShipment {
  @Identifier()
  shipmentId!: string;
  @Identifier({ optional: true, meaning: 'Whose order it is; needed for an order that has not come yet' })
  customerId?: string;
  @MoneyField({ optional: true, meaning: 'What the goods are worth; all that is left of the order, when left out' })
  value?: MoneyV1;
  @Instant({ optional: true, meaning: 'Now, when left out' })
  requestedAt?: string;
}
