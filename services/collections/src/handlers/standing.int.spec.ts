import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addDays } from '@ordergate/money';
import {
  businessDay,
  collectionsLane,
  customer,
  invoice,
  payment,
  receivable,
  review,
  type Told,
} from './collections-lane.fixture.ts';

let lane: Awaited<ReturnType<typeof collectionsLane>>;
beforeAll(async () => {
  lane = await collectionsLane();
}, 60_000);
afterAll(() => lane?.close());

const eur = (amount: string) => ({ amount, currency: 'EUR' });
const standings = (told: Told[]) => told.filter(({ type }) => type === 'CustomerStandingChanged.v1');

describe('A receivable', () => {
  it('changes the standing, which is told once a chunk, with all that is open by age', async () => {
    const told = await lane.tell(
      invoice('C-1', 'I-1', '100', '2026-03-02'),
      invoice('C-1', 'I-2', '40', '2026-03-01'),
      invoice('C-1', 'I-3', '7', '2026-01-01'),
      receivable('DisputeOpened.v1', { disputeId: 'D', customerId: 'C-1', invoiceId: 'I-3', on: businessDay }),
    );
    expect(told).toEqual([
      {
        type: 'CustomerStandingChanged.v1',
        key: 'C-1',
        violations: undefined,
        data: {
          ...{ customerId: 'C-1', businessDay, overdue: eur('40.00'), oldestOverdueDays: 1, disputed: eur('7.00') },
          ...{ dunningLevel: 0, weightedDaysLate: '0.00', score: 98, windowDays: 365 },
          ageing: [
            { bucket: 'not-due', amount: eur('100.00') },
            { bucket: '1-30', amount: eur('40.00') },
            { bucket: '31-60', amount: eur('7.00') },
            { bucket: '61-90', amount: eur('0.00') },
            { bucket: 'over-90', amount: eur('0.00') },
          ],
        },
      },
    ]);
  });

  it('that changes nothing tells nothing', async () => {
    const again = receivable('DisputeOpened.v1', {
      disputeId: 'D',
      customerId: 'C-1',
      invoiceId: 'I-3',
      on: businessDay,
    });
    expect(await lane.tell(again)).toEqual([]);
  });

  it('in another currency than the account counts for days, not for sums', async () => {
    await lane.tell(customer('C-2'));
    const total = { amount: '500', currency: 'USD' };
    const [told] = await lane.tell(invoice('C-2', 'I-1', '0', '2026-02-20', { total }));
    expect(told!.data).toMatchObject({ overdue: eur('0.00'), oldestOverdueDays: 10 });
  });

  it('that comes before the customer’s record is told in its own currency, and anew in the account’s', async () => {
    const total = { amount: '500', currency: 'USD' };
    const [first] = await lane.tell(invoice('C-3', 'I-1', '0', '2026-02-20', { total }));
    expect(first!.data.overdue).toEqual({ amount: '500.00', currency: 'USD' });
    const [anew] = await lane.tell(customer('C-3'));
    expect(anew!.data.overdue).toEqual(eur('0.00'));
    expect(await lane.tell(customer('C-3', { name: 'renamed' }))).toEqual([]);
  });
});

describe('The payment record', () => {
  const dueOn = '2026-02-10';

  it('weights days late by amount: 4,000 in time, 6,000 6 days and 2,000 8 days late are 4.33 days', async () => {
    await lane.tell(
      invoice('C-4', 'A', '4000', dueOn),
      invoice('C-4', 'B', '6000', dueOn),
      invoice('C-4', 'C', '2000', dueOn),
    );
    const pay = (invoiceId: string, amount: string, on: string) =>
      payment('C-4', `P-${invoiceId}`, amount, on, { allocations: [{ invoiceId, amount: eur(amount) }] });
    const [told] = await lane.tell(
      pay('A', '4000', '2026-02-09'),
      pay('B', '6000', '2026-02-16'),
      pay('C', '2000', '2026-02-18'),
    );
    expect(told!.data).toMatchObject({
      weightedDaysLate: '4.33',
      score: 93,
      paid: [
        { paidOn: '2026-02-09', daysLate: 0, amount: eur('4000.00') },
        { paidOn: '2026-02-16', daysLate: 6, amount: eur('6000.00') },
        { paidOn: '2026-02-18', daysLate: 8, amount: eur('2000.00') },
      ],
    });
  });

  it('forgets a payment that did not hold, and says so', async () => {
    const [told] = await lane.tell(
      receivable('PaymentReversed.v1', { paymentId: 'P-B', customerId: 'C-4', on: businessDay }),
    );
    expect(told!.data).toMatchObject({
      weightedDaysLate: '2.67',
      overdue: eur('6000.00'),
      paid: [{ paidOn: '2026-02-16', daysLate: 6, amount: eur('0.00') }],
    });
  });

  it('counts a cheque when it clears, as paid on the day it could be presented', async () => {
    const cheque = { instrumentId: 'Q', customerId: 'C-5' };
    const [, received] = await lane.tellOneByOne(
      invoice('C-5', 'A', '100', dueOn),
      receivable('InstrumentReceived.v1', {
        ...{ ...cheque, kind: 'cheque', total: eur('100'), dueOn: '2026-02-28', receivedOn: '2026-02-01' },
      }),
    );
    expect(received!.data).not.toHaveProperty('paid');
    const [cleared] = await lane.tell(receivable('InstrumentCleared.v1', { ...cheque, on: businessDay }));
    expect(cleared!.data).toMatchObject({
      weightedDaysLate: '18.00',
      paid: [{ paidOn: '2026-02-28', daysLate: 18, amount: eur('100.00') }],
    });
    const [bounced] = await lane.tell(receivable('InstrumentBounced.v1', { ...cheque, on: businessDay }));
    expect(bounced!.data).toMatchObject({ weightedDaysLate: '0.00', overdue: eur('100.00') });
  });

  it('knows no credit notes and write-offs', async () => {
    await lane.tell(invoice('C-6', 'A', '100', dueOn));
    const told = await lane.tell(
      receivable('CreditNotePosted.v1', {
        ...{ creditNoteId: 'N', customerId: 'C-6', invoiceId: 'A', total: eur('60'), issuedOn: businessDay },
      }),
      receivable('WriteOffPosted.v1', {
        ...{ writeOffId: 'W', customerId: 'C-6', invoiceId: 'A', amount: eur('40'), on: businessDay },
      }),
    );
    expect(told[0]!.data).toMatchObject({ overdue: eur('0.00'), weightedDaysLate: '0.00' });
    expect(told[0]!.data).not.toHaveProperty('paid');
    expect(told[0]!.data).not.toHaveProperty('score');
  });

  it('is told in several messages when it changes in more places than one may name', async () => {
    const dueDay = (n: number) => addDays('2015-01-01', n);
    const invoices = Array.from({ length: 2_001 }, (_, n) => invoice('C-7', `I-${n}`, '1', dueDay(n)));
    for (const part of [invoices.slice(0, 1_000), invoices.slice(1_000)]) await lane.tell(...part);
    const told = await lane.tell(payment('C-7', 'P', '2001', businessDay));
    expect(told.map(({ data }) => data.paid.length)).toEqual([2_000, 1]);
  });
});

describe('A new business day', () => {
  it('is told of who has become overdue, and of nobody else', async () => {
    await lane.tell(invoice('C-8', 'I', '10', '2026-03-03'), invoice('C-9', 'I', '10', '2026-03-04'));
    await lane.startDay('2026-03-04');
    const told = standings(await lane.tell(review('C-8'), review('C-9')));
    expect(told.map(({ data }) => [data.customerId, data.businessDay, data.oldestOverdueDays])).toEqual([
      ['C-8', '2026-03-04', 1],
    ]);
    expect(await lane.tell(review('C-8'))).toEqual([]);
  });

  it('forgets what was paid more than 365 days ago', async () => {
    await lane.startDay('2026-03-10');
    await lane.tell(invoice('C-10', 'I', '10', '2026-03-01'), payment('C-10', 'P', '10', '2026-03-11'));
    await lane.startDay('2027-03-10');
    expect(await lane.tell(review('C-10'))).toEqual([]);
    await lane.startDay('2027-03-11');
    const [told] = await lane.tell(review('C-10'));
    expect(told!.data).toMatchObject({ weightedDaysLate: '0.00' });
    expect(told!.data).not.toHaveProperty('score');
  });

  it('the first one tells everything that came before it', async () => {
    await lane.database.query('truncate business_day');
    const before = await lane.tell(invoice('C-11', 'A', '10', '2027-03-01'), payment('C-11', 'P', '4', '2027-03-05'));
    expect(before).toEqual([]);
    await lane.startDay('2027-03-11');
    const [told] = await lane.tell(review('C-11'));
    expect(told!.data).toMatchObject({
      ...{ overdue: eur('6.00'), oldestOverdueDays: 10 },
      paid: [{ paidOn: '2027-03-05', daysLate: 4, amount: eur('4.00') }],
    });
  });
});
