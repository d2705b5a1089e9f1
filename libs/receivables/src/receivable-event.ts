import { parseMoney, type Money, type WireMoney } from '@ordergate/money';

/** The part of a credit that is meant for one invoice, in the credit's currency. */
export interface NamedAllocation {
  readonly invoiceId: string;
  readonly amount: Money;
}

interface OfCustomer<Type extends string> {
  readonly type: Type;
  readonly customerId: string;
}

export interface InvoicePosted extends OfCustomer<'InvoicePosted.v1'> {
  readonly invoiceId: string;
  readonly orderId?: string;
  readonly total: Money;
  readonly issuedOn: string;
  readonly dueOn: string;
  readonly instalments?: readonly { readonly dueOn: string; readonly amount: Money }[];
}
export interface CreditNotePosted extends OfCustomer<'CreditNotePosted.v1'> {
  readonly creditNoteId: string;
  readonly invoiceId?: string;
  readonly total: Money;
  readonly issuedOn: string;
}
export interface PaymentReceived extends OfCustomer<'PaymentReceived.v1'> {
  readonly paymentId: string;
  readonly total: Money;
  readonly receivedOn: string;
  readonly allocations?: readonly NamedAllocation[];
}
export interface PaymentReversed extends OfCustomer<'PaymentReversed.v1'> {
  readonly paymentId: string;
}
export interface InstrumentReceived extends OfCustomer<'InstrumentReceived.v1'> {
  readonly instrumentId: string;
  readonly total: Money;
  readonly dueOn: string;
  readonly receivedOn: string;
  readonly allocations?: readonly NamedAllocation[];
}
export interface InstrumentCleared extends OfCustomer<'InstrumentCleared.v1'> {
  readonly instrumentId: string;
}
export interface InstrumentBounced extends OfCustomer<'InstrumentBounced.v1'> {
  readonly instrumentId: string;
}
export interface DisputeOpened extends OfCustomer<'DisputeOpened.v1'> {
  readonly disputeId: string;
  readonly invoiceId: string;
  readonly amount?: Money;
}
export interface DisputeResolved extends OfCustomer<'DisputeResolved.v1'> {
  readonly disputeId: string;
  readonly invoiceId: string;
  readonly amount?: Money;
}
export interface WriteOffPosted extends OfCustomer<'WriteOffPosted.v1'> {
  readonly writeOffId: string;
  readonly invoiceId: string;
  readonly amount: Money;
  readonly on: string;
}

export type ReceivableEvent =
  | InvoicePosted
  | CreditNotePosted
  | PaymentReceived
  | PaymentReversed
  | InstrumentReceived
  | InstrumentCleared
  | InstrumentBounced
  | DisputeOpened
  | DisputeResolved
  | WriteOffPosted;

/** The `ce_type`s that change a book. */
export const receivableTypes: readonly ReceivableEvent['type'][] = [
  'InvoicePosted.v1',
  'CreditNotePosted.v1',
  'PaymentReceived.v1',
  'PaymentReversed.v1',
  'InstrumentReceived.v1',
  'InstrumentCleared.v1',
  'InstrumentBounced.v1',
  'DisputeOpened.v1',
  'DisputeResolved.v1',
  'WriteOffPosted.v1',
];

interface WireParts {
  total?: WireMoney;
  amount?: WireMoney;
  allocations?: readonly { amount: WireMoney }[];
  instalments?: readonly { amount: WireMoney }[];
}

/**
 * A message of the `receivables` topic with its amounts as money. `message` must fit the contract of `type`: throws
 * RangeError for an amount that does not fit its currency.
 */
export function receivableEvent(type: string, message: object): ReceivableEvent {
  const { total, amount, allocations, instalments, ...rest } = message as WireParts;
  return {
    ...rest,
    type,
    ...(total ? { total: parseMoney(total) } : {}),
    ...(amount ? { amount: parseMoney(amount) } : {}),
    ...(allocations ? { allocations: allocations.map(withMoney) } : {}),
    ...(instalments ? { instalments: instalments.map(withMoney) } : {}),
  } as unknown as ReceivableEvent;
}

const withMoney = (part: { amount: WireMoney }) => ({ ...part, amount: parseMoney(part.amount) });

/** Every document that the event is or names; its rows must be in the book before it is applied. */
export function documentIdsOf(event: ReceivableEvent): string[] {
  const named = event as Partial<
    Record<'invoiceId' | 'creditNoteId' | 'paymentId' | 'instrumentId' | 'writeOffId' | 'disputeId', string>
  >;
  const ids = [
    named.invoiceId,
    named.creditNoteId,
    named.paymentId,
    named.instrumentId,
    named.writeOffId,
    named.disputeId,
  ];
  const allocated = 'allocations' in event ? (event.allocations ?? []).map(({ invoiceId }) => invoiceId) : [];
  return [...ids.filter((id) => id !== undefined), ...allocated];
}
