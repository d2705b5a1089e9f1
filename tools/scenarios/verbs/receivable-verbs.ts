import type { VerbFields } from '../form/verb-forms.ts';
import type { Deed, Scene } from './scene.ts';

type Allocated = Pick<VerbFields['pay'], 'invoice' | 'allocations' | 'total'>;

export const receivableVerbs = {
  /** Posted today, or on its due day if that has passed. */
  invoice: (
    { id, customer, total, due, issued, order, shipment, instalments }: VerbFields['invoice'],
    scene: Scene,
  ): Deed => {
    const dueOn = scene.day(due);
    const days = [scene.today, dueOn, ...(instalments ?? []).map((part) => scene.day(part.due))];
    return [
      scene.message('InvoicePosted.v1', {
        invoiceId: scene.names.real('invoice', id),
        customerId: scene.customer(customer),
        total,
        issuedOn: scene.day(issued, days.sort()[0]),
        dueOn,
        ...(order && { orderId: scene.names.real('order', order) }),
        ...(shipment && { shipmentId: scene.names.real('shipment', shipment) }),
        ...(instalments && {
          instalments: instalments.map((part) => ({ dueOn: scene.day(part.due), amount: part.amount })),
        }),
      }),
    ];
  },

  creditNote: ({ id, customer, total, invoice, on }: VerbFields['creditNote'], scene: Scene): Deed => [
    scene.message('CreditNotePosted.v1', {
      creditNoteId: scene.names.real('creditNote', id),
      customerId: scene.customer(customer),
      ...(invoice && { invoiceId: scene.names.real('invoice', invoice) }),
      total,
      issuedOn: scene.day(on),
    }),
  ],

  pay: (fields: VerbFields['pay'], scene: Scene): Deed => [
    scene.message('PaymentReceived.v1', {
      paymentId: scene.names.real('payment', fields.id),
      customerId: scene.customer(fields.customer),
      total: fields.total,
      receivedOn: scene.day(fields.on),
      ...allocations(fields, scene),
    }),
  ],

  instrument: (fields: VerbFields['instrument'], scene: Scene): Deed => [
    scene.message('InstrumentReceived.v1', {
      instrumentId: scene.names.real('instrument', fields.id),
      kind: fields.kind ?? 'cheque',
      customerId: scene.customer(fields.customer),
      total: fields.total,
      dueOn: scene.day(fields.due),
      receivedOn: scene.day(fields.on),
      ...allocations(fields, scene),
    }),
  ],

  clear: (fields: VerbFields['clear'], scene: Scene): Deed => [endOfInstrument('InstrumentCleared.v1', fields, scene)],
  bounce: (fields: VerbFields['bounce'], scene: Scene): Deed => [
    endOfInstrument('InstrumentBounced.v1', fields, scene),
  ],

  /** One document an invoice: the first takes the verb's own id. */
  writeOff: (fields: VerbFields['writeOff'], scene: Scene): Deed => {
    const parts = fields.allocations ?? [{ invoice: fields.invoice!, amount: fields.total }];
    return parts.map(({ invoice, amount }, at) =>
      scene.message('WriteOffPosted.v1', {
        writeOffId: `${scene.names.real('writeOff', fields.id)}${at === 0 ? '' : `/${at + 1}`}`,
        customerId: scene.customer(fields.customer),
        invoiceId: scene.names.real('invoice', invoice),
        amount,
        on: scene.day(fields.on),
      }),
    );
  },

  dispute: ({ id, invoice, amount }: VerbFields['dispute'], scene: Scene): Deed => {
    const disputeId = scene.names.real('dispute', id);
    const data = {
      disputeId,
      customerId: scene.ownerOf('invoice', invoice),
      invoiceId: scene.names.real('invoice', invoice),
      ...(amount && { amount }),
    };
    scene.memory.disputes.set(disputeId, data);
    return [scene.message('DisputeOpened.v1', { ...data, on: scene.today })];
  },

  resolve: ({ id }: VerbFields['resolve'], scene: Scene): Deed => {
    const data = scene.memory.disputes.get(scene.names.real('dispute', id));
    return [scene.message('DisputeResolved.v1', { ...data, on: scene.today })];
  },
};

const endOfInstrument = (type: string, { id, on }: VerbFields['clear'], scene: Scene) =>
  scene.message(type, {
    instrumentId: scene.names.real('instrument', id),
    customerId: scene.ownerOf('instrument', id),
    on: scene.day(on),
  });

function allocations({ invoice, allocations: named, total }: Allocated, scene: Scene) {
  const parts = named ?? (invoice ? [{ invoice, amount: total }] : []);
  return parts.length === 0
    ? {}
    : {
        allocations: parts.map((part) => ({
          invoiceId: scene.names.real('invoice', part.invoice),
          amount: part.amount,
        })),
      };
}
