import { addDays, formatMinor } from '@ordergate/money';
import type { ColumnMap } from './column-map.ts';
import type { Receivable } from './read-receivables.ts';

/** A message that a replay will send; topic and key are its contract's business. */
export interface PlannedMessage {
  /** The same for the same row at every replay of the file: a second replay changes nothing. */
  id: string;
  type: string;
  data: Record<string, unknown>;
  /** When it would have happened, RFC 3339. */
  time: string;
  correlationId: string;
  /** Of the file; 0 for what no row says. */
  line: number;
}

/**
 * One calendar day in steps. Every service has handled a step before the next one is sent, since between topics Kafka
 * promises no order: the gate shall see what came in before it decides, and decide before the invoice is posted.
 */
export interface Day {
  day: string;
  steps: PlannedMessage[][];
}

type Place = 'morning' | 'orders' | 'invoices';

/** Every day from the first to the last thing that happened. Limits in minor units by customer. */
export function planDays(rows: readonly Receivable[], limits: ReadonlyMap<string, bigint>, map: ColumnMap): Day[] {
  const messages = new Map<string, Record<Place, PlannedMessage[]>>();
  const put = (day: string, place: Place, ...added: PlannedMessage[]): void => {
    const ofDay = messages.get(day) ?? { morning: [], orders: [], invoices: [] };
    messages.set(day, ofDay);
    ofDay[place].push(...added);
  };
  const seen = new Set<string>();
  for (const row of [...rows].sort((a, b) =>
    a.invoicedOn < b.invoicedOn ? -1 : a.invoicedOn > b.invoicedOn ? 1 : a.line - b.line,
  )) {
    if (!seen.has(row.customerId)) put(row.invoicedOn, 'morning', registration(row, limits.get(row.customerId)!, map));
    seen.add(row.customerId);
    put(row.invoicedOn, 'orders', order(row));
    put(row.invoicedOn, 'invoices', invoice(row));
  }
  for (const row of rows) putWhatBecameOf(row, put);

  return calendar([...messages.keys()].sort()).map((day) => {
    const { morning, orders, invoices } = messages.get(day) ?? { morning: [], orders: [], invoices: [] };
    return { day, steps: [[dayStarted(day)], morning, orders, invoices].filter((step) => step.length > 0) };
  });
}

/** Disputes are open from the due day until the payment; an invoice that was paid before was never seen disputed. */
function putWhatBecameOf(row: Receivable, put: (day: string, place: Place, ...added: PlannedMessage[]) => void): void {
  const { dueOn, settledOn, invoicedOn } = row;
  // On the day of its own invoice a dispute or payment comes after it.
  const placeOn = (day: string): Place => (day === invoicedOn ? 'invoices' : 'morning');
  const isSeenDisputed = row.isDisputed && (settledOn === null || settledOn >= dueOn);
  if (isSeenDisputed) put(dueOn, placeOn(dueOn), dispute(row, 'DisputeOpened', dueOn));
  if (settledOn === null) return;
  if (isSeenDisputed) put(settledOn, placeOn(settledOn), dispute(row, 'DisputeResolved', settledOn));
  put(settledOn, placeOn(settledOn), payment(row, settledOn));
}

function calendar(days: string[]): string[] {
  const all: string[] = [];
  const last = days.at(-1);
  for (let day = days[0]; day !== undefined && last !== undefined && day <= last; day = addDays(day, 1)) all.push(day);

  return all;
}

const moneyOf = ({ minor, currency }: { minor: bigint; currency: string }) => ({
  amount: formatMinor(minor, currency),
  currency,
});
const orderIdOf = ({ invoiceId }: Receivable): string => `SO-${invoiceId}`;

const dayStarted = (day: string): PlannedMessage => ({
  id: `day:${day}`,
  type: 'BusinessDayStarted.v1',
  data: { businessDay: day },
  time: `${day}T00:00:00Z`,
  correlationId: day,
  line: 0,
});

const registration = (row: Receivable, limitMinor: bigint, { defaults }: ColumnMap): PlannedMessage => ({
  // The day as well: a later file of the same company tells of the same customers anew.
  id: `customer:${row.customerId}:${row.invoicedOn}`,
  type: 'CustomerRegistered.v1',
  data: {
    customerId: row.customerId,
    name: row.customerName ?? row.customerId,
    currency: row.currency,
    language: defaults.language,
    country: row.country ?? defaults.country,
    ...(row.segment && { segment: row.segment }),
    ...(row.salesRep && { salesRepId: row.salesRep }),
    ...(defaults.paymentTermsDays !== undefined && { paymentTermsDays: defaults.paymentTermsDays }),
    limit: { kind: 'amount', amount: moneyOf({ minor: limitMinor, currency: row.currency }) },
  },
  time: `${row.invoicedOn}T07:00:00Z`,
  correlationId: row.customerId,
  line: row.line,
});

const order = (row: Receivable): PlannedMessage => ({
  id: `order:${row.invoiceId}`,
  type: 'OrderPlaced.v1',
  data: {
    orderId: orderIdOf(row),
    orderVersion: 1,
    customerId: row.customerId,
    total: moneyOf(row),
    placedAt: `${row.invoicedOn}T10:00:00Z`,
    ...(row.segment && { segment: row.segment }),
    ...(row.salesRep && { salesRepId: row.salesRep }),
  },
  time: `${row.invoicedOn}T10:00:00Z`,
  correlationId: orderIdOf(row),
  line: row.line,
});

/** Also of an order that was held: that is what really happened, the file has no gate. */
const invoice = (row: Receivable): PlannedMessage => ({
  id: `invoice:${row.invoiceId}`,
  type: 'InvoicePosted.v1',
  data: {
    invoiceId: row.invoiceId,
    customerId: row.customerId,
    orderId: orderIdOf(row),
    total: moneyOf(row),
    issuedOn: row.invoicedOn,
    dueOn: row.dueOn,
  },
  time: `${row.invoicedOn}T16:00:00Z`,
  correlationId: orderIdOf(row),
  line: row.line,
});

const dispute = (row: Receivable, what: 'DisputeOpened' | 'DisputeResolved', on: string): PlannedMessage => ({
  id: `${what}:${row.invoiceId}`,
  type: `${what}.v1`,
  data: { disputeId: `DSP-${row.invoiceId}`, customerId: row.customerId, invoiceId: row.invoiceId, on },
  time: `${on}T${what === 'DisputeOpened' ? '08' : '09'}:00:00Z`,
  correlationId: orderIdOf(row),
  line: row.line,
});

const payment = (row: Receivable, receivedOn: string): PlannedMessage => ({
  id: `payment:${row.invoiceId}`,
  type: 'PaymentReceived.v1',
  data: {
    paymentId: `PAY-${row.invoiceId}`,
    customerId: row.customerId,
    total: moneyOf(row),
    receivedOn,
    allocations: [{ invoiceId: row.invoiceId, amount: moneyOf(row) }],
  },
  time: `${receivedOn}T09:30:00Z`,
  correlationId: orderIdOf(row),
  line: row.line,
});
