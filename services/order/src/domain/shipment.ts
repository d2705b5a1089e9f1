import { add, type Money, type WireMoney } from '@ordergate/money';
import type { Order } from './order.ts';

export type ShipmentStatus = 'authorized' | 'refused' | 'shipped';

/** What the gate said about a shipment. */
export interface ShipmentAnswer {
  readonly outcome: 'authorized' | 'refused';
  readonly seq: number;
  readonly value: Money;
  /** JSON. */
  readonly reasons: string;
  readonly decidedAt: Date;
}

export interface Shipment {
  readonly shipmentId: string;
  readonly orderId: string;
  readonly customerId: string;
  readonly requestedAt: Date | null;
  /** Null: all that is left of the order. */
  readonly requestedValue: Money | null;
  readonly answer: ShipmentAnswer | null;
  readonly shippedAt: Date | null;
  readonly shippedValue: Money | null;
  readonly isFinal: boolean;
  /** What came back of it; each time once. */
  readonly returned: readonly ReturnedGoods[];
}

export interface ReturnedGoods {
  readonly value: WireMoney;
  readonly returnedAt: string;
}

export const unknownShipment = (shipmentId: string, { orderId, customerId }: Order): Shipment => ({
  shipmentId,
  orderId,
  customerId,
  requestedAt: null,
  requestedValue: null,
  answer: null,
  shippedAt: null,
  shippedValue: null,
  isFinal: false,
  returned: [],
});

export interface ShipmentRequest {
  readonly requestedAt: Date;
  /** Null: all that is left of the order. */
  readonly value: Money | null;
}

export type ShipmentTaken =
  | { outcome: 'taken'; shipment: Shipment }
  | { outcome: 'ignored'; because: 'already-known' }
  | { outcome: 'refused'; violation: string };

/** The gate answers a shipment once (SEMANTICS.md 12): who wants another answer asks under another shipmentId. */
export function requestShipment(shipment: Shipment, { requestedAt, value }: ShipmentRequest): ShipmentTaken {
  if (shipment.requestedAt === null) {
    return { outcome: 'taken', shipment: { ...shipment, requestedAt, requestedValue: value } };
  }
  const known = shipment.requestedValue;
  const isSame = known?.minor === value?.minor && known?.currency === value?.currency;
  if (isSame) return { outcome: 'ignored', because: 'already-known' };
  const violation = `shipment ${shipment.shipmentId} was asked for before with another value; ask under another shipmentId`;
  return { outcome: 'refused', violation };
}

/** Goods of a shipment may come back several times, each at its own instant. */
export function takeBack(shipment: Shipment, goods: ReturnedGoods): ShipmentTaken {
  const isKnown = shipment.returned.some(({ returnedAt }) => returnedAt === goods.returnedAt);
  if (isKnown) return { outcome: 'ignored', because: 'already-known' };
  return { outcome: 'taken', shipment: { ...shipment, returned: [...shipment.returned, goods] } };
}

/** Goods that left have left, whatever the gate said. Null while it has not answered. */
export function shipmentStatusOf({ shippedAt, answer }: Shipment): ShipmentStatus | null {
  return shippedAt !== null ? 'shipped' : (answer?.outcome ?? null);
}

/** The answer with the highest seq counts. */
export const answered = (shipment: Shipment, answer: ShipmentAnswer): Shipment =>
  shipment.answer !== null && shipment.answer.seq >= answer.seq ? shipment : { ...shipment, answer };

export interface ShippedGoods {
  readonly value: Money;
  readonly isFinal: boolean;
  readonly shippedAt: Date;
}

export type GoodsShipped =
  | { outcome: 'taken'; order: Order; shipment: Shipment }
  | { outcome: 'ignored'; because: 'already-known' }
  | { outcome: 'refused'; violation: string };

/** Adds what has left to its order, once for each shipment. */
export function shipGoods(order: Order, shipment: Shipment, goods: ShippedGoods): GoodsShipped {
  if (shipment.shippedAt !== null) {
    if (isSame(shipment, goods)) return { outcome: 'ignored', because: 'already-known' };
    return { outcome: 'refused', violation: `shipment ${shipment.shipmentId} was shipped before with other content` };
  }
  if (order.shipped !== null && order.shipped.currency !== goods.value.currency) {
    const violation = `value is in ${goods.value.currency}, but order ${order.orderId} ships in ${order.shipped.currency}`;
    return { outcome: 'refused', violation };
  }
  const { value, isFinal, shippedAt } = goods;
  return {
    outcome: 'taken',
    order: {
      ...order,
      shipped: order.shipped === null ? value : add(order.shipped, value),
      isFinallyShipped: order.isFinallyShipped || isFinal,
    },
    shipment: { ...shipment, shippedAt, shippedValue: value, isFinal },
  };
}

function isSame({ shippedValue, isFinal }: Shipment, goods: ShippedGoods): boolean {
  const hasSameValue = shippedValue?.minor === goods.value.minor && shippedValue.currency === goods.value.currency;
  return hasSameValue && isFinal === goods.isFinal;
}
