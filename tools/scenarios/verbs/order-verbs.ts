import { formatMinor, minorOf, type WireMoney } from '@ordergate/money';
import type { VerbFields } from '../form/verb-forms.ts';
import type { Deed, Scene } from './scene.ts';

type Ordered = Omit<VerbFields['amend'], 'customer'>;

export const orderVerbs = {
  place: (fields: VerbFields['place'], scene: Scene): Deed => {
    const orderId = scene.names.real('order', fields.id);
    // A second place of one order is told as it stands, to see what becomes of it.
    const data = {
      orderVersion: 1,
      customerId: scene.customer(fields.customer),
      ...content(fields, scene),
      placedAt: scene.now(),
    };
    scene.memory.orders.set(orderId, { version: 1, shipped: 0n, ...scene.memory.orders.get(orderId), data });
    return [scene.message('OrderPlaced.v1', { orderId, ...data })];
  },

  /** The whole order again: what the verb does not name stays as it was. */
  amend: (fields: VerbFields['amend'], scene: Scene): Deed => {
    const orderId = scene.names.real('order', fields.id);
    const known = scene.memory.orders.get(orderId);
    const version = (known?.version ?? 0) + 1;
    const data = {
      placedAt: scene.now(),
      customerId: scene.ownerOf('order', fields.id),
      ...known?.data,
      ...content(fields, scene),
      orderVersion: version,
    };
    scene.memory.orders.set(orderId, { shipped: 0n, ...known, version, data });
    return [scene.message('OrderAmended.v1', { orderId, ...data })];
  },

  cancel: ({ id, reason }: VerbFields['cancel'], scene: Scene): Deed => {
    const orderId = scene.names.real('order', id);
    scene.memory.cancelled.add(orderId);
    const data = {
      orderId,
      customerId: scene.ownerOf('order', id),
      ...(reason && { reason }),
      cancelledAt: scene.now(),
    };
    return [scene.message('OrderCancelled.v1', data)];
  },

  requestShipment: ({ id, order, value }: VerbFields['requestShipment'], scene: Scene): Deed => [
    scene.message('ShipmentRequested.v1', {
      ...shipment(id, order, scene),
      ...(value && { value }),
      requestedAt: scene.now(),
    }),
  ],

  /** Without a value all that is left of the order leaves. */
  ship: ({ id, order, value, final }: VerbFields['ship'], scene: Scene): Deed => {
    const sent = scene.memory.orders.get(scene.names.real('order', order));
    const total = sent?.data['total'] as WireMoney | undefined;
    const currency = value?.currency ?? total?.currency ?? 'EUR';
    const minor = value
      ? minorOf(value.amount, currency)
      : total
        ? minorOf(total.amount, currency) - sent!.shipped
        : 0n;
    if (sent) sent.shipped += minor;
    return [
      scene.message('OrderShipped.v1', {
        ...shipment(id, order, scene),
        value: { amount: formatMinor(minor, currency), currency },
        ...(final && { final }),
        shippedAt: scene.now(),
      }),
    ];
  },
};

const shipment = (id: string, order: string, scene: Scene): Record<string, unknown> => ({
  shipmentId: scene.names.real('shipment', id),
  orderId: scene.names.real('order', order),
  customerId: scene.ownerOf('order', order),
});

function content({ total, rep, terms, payment, instrumentDue, segment, priority, discount }: Ordered, scene: Scene) {
  return {
    ...(total && { total }),
    ...(rep && { salesRepId: scene.names.person(rep) }),
    ...(terms !== undefined && { paymentTermsDays: terms }),
    ...(payment && { paymentMethod: payment }),
    ...(instrumentDue !== undefined && { instrumentDueOn: scene.day(instrumentDue) }),
    ...(segment && { segment }),
    ...(priority !== undefined && { priority }),
    ...(discount !== undefined && {
      lines: [{ sku: 'A-1', quantity: '1', unitPrice: total?.amount ?? '0', discountPercent: discount }],
    }),
  };
}
