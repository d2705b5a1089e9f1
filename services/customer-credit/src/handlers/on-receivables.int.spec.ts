import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { barePolicy } from '../domain/policy/policy.ts';
import { creditLane, type Told } from './credit-lane.fixture.ts';
import {
  eur,
  invoiced,
  paid,
  placed,
  receivable,
  reevaluation,
  registered,
  shipped,
  usd,
} from './credit-messages.fixture.ts';

let credit: Awaited<ReturnType<typeof creditLane>>;
beforeAll(async () => {
  const rules = { 'overdue-items': { days: 30, amountMin: '50.00' }, 'oldest-open-item': { days: 60 } };
  credit = await creditLane({ ...barePolicy, rules });
  await credit.setRate('2026-03-02', 'USD', 'EUR', '0.9');
  await credit.setRate('2026-03-03', 'USD', 'EUR', '1.1');
}, 60_000);
afterEach(() => credit.startDay('2026-03-02'));
afterAll(() => credit?.close());

const on = '2026-03-02';
const chf = (amount: string) => ({ amount, currency: 'CHF' });
const typesOf = (told: readonly Told[]) => told.map(({ type }) => type);
const codesOf = (told: Told | undefined) => told?.data.reasons.map(({ code }: { code: string }) => code);
const orderOf = async (customerId: string): Promise<any> =>
  (await credit.database.query<any>('select * from customer_order where customer_id = $1', [customerId]))[0];

describe('A receivable', () => {
  it('moves exposure from the order to the invoice and out with the payment, each once', async () => {
    await credit.tell(registered('C-1'), placed('C-1', 'O-1'), shipped('C-1', 'O-1', eur('40.00')));
    const invoice = invoiced('C-1', 'I-1', eur('60.00'), { orderId: 'O-1' });
    await credit.tell(invoice, invoice);
    expect(await credit.owes('C-1')).toEqual({ openOrders: 40_00n, receivables: 60_00n, total: 100_00n });
    await credit.tell(paid('C-1', 'P-1', eur('70.00')));
    expect(await credit.owes('C-1')).toEqual({ openOrders: 40_00n, unallocatedCredits: 10_00n, total: 30_00n });

    const before = await credit.everything();
    expect(await credit.tell(invoice, { ...invoice, id: 'another id' })).toEqual([]);
    expect(await credit.everything()).toEqual(before);
  });

  it('above the order is a receivable and drives no bucket below zero', async () => {
    await credit.tell(registered('C-2'), placed('C-2', 'O-1'), shipped('C-2', 'O-1', eur('100.00')));
    await credit.tell(invoiced('C-2', 'I-1', eur('130.00'), { orderId: 'O-1' }));
    expect(await credit.owes('C-2')).toEqual({ receivables: 130_00n, total: 130_00n });
  });

  it('that is credited lets the goods be exposure again', async () => {
    await credit.tell(registered('C-3'), placed('C-3', 'O-1'), shipped('C-3', 'O-1', eur('100.00')));
    await credit.tell(invoiced('C-3', 'I-1', eur('100.00'), { orderId: 'O-1' }));
    await credit.tell(
      receivable('CreditNotePosted', 'C-3', {
        creditNoteId: 'N-1',
        invoiceId: 'I-1',
        total: eur('25.00'),
        issuedOn: on,
      }),
    );
    expect(await credit.owes('C-3')).toEqual({ shippedNotInvoiced: 25_00n, receivables: 75_00n, total: 100_00n });
  });

  it('that is refused is a dead letter and changes nothing', async () => {
    await credit.tell(registered('C-4'));
    const [dead, ...rest] = await credit.tell(
      receivable('WriteOffPosted', 'C-4', { writeOffId: 'W-1', invoiceId: 'I-9', amount: eur('1.00'), on }),
    );
    expect(dead).toMatchObject({ topic: 'receivables-dlt', violations: 'invoice I-9 was never posted' });
    expect([rest, await credit.owes('C-4')]).toEqual([[], {}]);
  });

  it('paid by a cheque stays exposure until the cheque clears, and comes back when it bounces', async () => {
    const cheque = { instrumentId: 'Q-1', kind: 'cheque', total: eur('80.00'), receivedOn: on, dueOn: '2026-04-30' };
    for (const customerId of ['C-5', 'C-6'])
      await credit.tell(
        registered(customerId),
        invoiced(customerId, 'I-1', eur('80.00')),
        receivable('InstrumentReceived', customerId, cheque),
      );
    expect(await credit.owes('C-5')).toEqual({ instrumentsInHand: 80_00n, total: 80_00n });
    await credit.tell(
      receivable('InstrumentCleared', 'C-5', { instrumentId: 'Q-1', on }),
      receivable('InstrumentBounced', 'C-6', { instrumentId: 'Q-1', on }),
    );
    expect([await credit.owes('C-5'), await credit.owes('C-6')]).toEqual([{}, { receivables: 80_00n, total: 80_00n }]);
  });
});

describe('Old items', () => {
  it.each([
    { customerId: 'C-10', dueOn: '2026-01-31', dispute: false, codes: [], because: 'day 30 is still allowed' },
    {
      customerId: 'C-11',
      dueOn: '2026-01-30',
      dispute: false,
      codes: ['overdue-items'],
      because: 'day 31 is one too many',
    },
    {
      customerId: 'C-12',
      dueOn: '2025-12-31',
      dispute: false,
      codes: ['overdue-items', 'oldest-open-item'],
      because: 'day 61 is too old',
    },
    { customerId: 'C-13', dueOn: '2025-12-31', dispute: true, codes: [], because: 'all of it is disputed' },
  ])('due $dueOn, disputed $dispute: $codes, since $because', async ({ customerId, dueOn, dispute, codes }) => {
    await credit.tell(
      registered(customerId),
      invoiced(customerId, 'I-1', eur('50.01'), { dueOn, issuedOn: '2025-12-01' }),
    );
    if (dispute) await credit.tell(receivable('DisputeOpened', customerId, { disputeId: 'D-1', invoiceId: 'I-1', on }));
    expect(codesOf((await credit.tell(placed(customerId, 'O-1')))[0])).toEqual(codes);
  });
});

describe('A receivable in another currency', () => {
  it('keeps the rate at which it was booked and is relieved at it', async () => {
    await credit.tell(registered('C-20'), invoiced('C-20', 'I-1', usd('100.00')));
    await credit.startDay('2026-03-03');
    await credit.tell(paid('C-20', 'P-1', usd('40.00')));
    expect(await credit.owes('C-20')).toEqual({ receivables: 54_00n, total: 54_00n });
  });

  it('of an order in the account’s currency is credited at the rate at which it was invoiced', async () => {
    await credit.tell(
      registered('C-21'),
      placed('C-21', 'O-1', { total: eur('90.00') }),
      shipped('C-21', 'O-1', eur('90.00')),
    );
    await credit.tell(invoiced('C-21', 'I-1', usd('100.00'), { orderId: 'O-1' }));
    expect(await credit.owes('C-21')).toEqual({ receivables: 90_00n, total: 90_00n });
    await credit.startDay('2026-03-03');
    await credit.tell(
      receivable('CreditNotePosted', 'C-21', {
        creditNoteId: 'N-1',
        invoiceId: 'I-1',
        total: usd('100.00'),
        issuedOn: on,
      }),
    );
    expect(await credit.owes('C-21')).toEqual({ shippedNotInvoiced: 90_00n, total: 90_00n });
    expect((await orderOf('C-21')).invoiced).toBe(0n);
  });

  it('without a rate holds the account’s orders until the rate comes, and then is booked', async () => {
    await credit.tell(registered('C-22'), invoiced('C-22', 'I-1', chf('100.00')));
    expect(codesOf((await credit.tell(placed('C-22', 'O-1')))[0])).toEqual(['currency-rate-missing']);
    expect(await credit.tell(reevaluation('C-22'))).toEqual([]);
    await credit.setRate(on, 'CHF', 'EUR', '1.05');
    const told = await credit.tell(reevaluation('C-22'), reevaluation('C-22'));
    expect([typesOf(told), told[0]?.data.exposure.receivables]).toEqual([['OrderReleased.v1'], eur('105.00')]);
    expect(await credit.owes('C-22')).toEqual({ openOrders: 100_00n, receivables: 105_00n, total: 205_00n });
    await credit.database.query("delete from exchange_rate where from_currency = 'CHF'");
  });

  it('without a rate that is paid in its own currency holds no order any more', async () => {
    await credit.tell(registered('C-23'), invoiced('C-23', 'I-1', chf('100.00')));
    expect(codesOf((await credit.tell(placed('C-23', 'O-1')))[0])).toEqual(['currency-rate-missing']);
    expect(typesOf(await credit.tell(paid('C-23', 'P-1', chf('100.00'))))).toEqual(['OrderReleased.v1']);
  });

  it('without a rate counts once for its order, whatever is disputed or credited later', async () => {
    await credit.tell(registered('C-24'), placed('C-24', 'O-1'), shipped('C-24', 'O-1', eur('100.00')));
    await credit.tell(invoiced('C-24', 'I-1', chf('50.00'), { orderId: 'O-1' }));
    await credit.tell(receivable('DisputeOpened', 'C-24', { disputeId: 'D-1', invoiceId: 'I-1', on }));
    expect((await orderOf('C-24')).invoiced).toBe(100_00n);
    for (const creditNoteId of ['N-1', 'N-2'])
      await credit.tell(
        receivable('CreditNotePosted', 'C-24', { creditNoteId, invoiceId: 'I-1', total: chf('25.00'), issuedOn: on }),
      );
    expect((await orderOf('C-24')).invoiced).toBe(0n);
    expect(await credit.owes('C-24')).toEqual({ shippedNotInvoiced: 100_00n, total: 100_00n });
  });
});

describe('An invoice without a rate for an order in another currency', () => {
  afterEach(() => credit.database.query("delete from exchange_rate where from_currency = 'CHF'"));
  const invoice = (customerId: string) => invoiced(customerId, 'I-1', chf('50.00'), { orderId: 'O-1' });
  const creditNote = (customerId: string) =>
    receivable('CreditNotePosted', customerId, {
      ...{ creditNoteId: 'N-1', invoiceId: 'I-1', total: chf('20.00'), issuedOn: on },
    });
  const rate = () => credit.setRate(on, 'CHF', 'EUR', '1.05');

  it.each([
    { customerId: 'C-40', first: [], then: [] as string[], invoiced: 52_50n, because: 'that is what 50 are worth' },
    { customerId: 'C-41', first: ['credit'], then: [], invoiced: 31_50n, because: '20 were credited before' },
    { customerId: 'C-42', first: ['rate', 'credit'], then: [], invoiced: 31_50n, because: 'they wait together' },
    {
      customerId: 'C-43',
      first: [],
      then: ['credit'],
      invoiced: 31_50n,
      because: 'they are credited at the same rate',
    },
  ])(
    'after $first, the rate, $then is $invoiced of the order, since $because',
    async ({ customerId, first, then, invoiced: expected }) => {
      await credit.tell(registered(customerId), placed(customerId, 'O-1'), shipped(customerId, 'O-1', eur('100.00')));
      await credit.tell(invoice(customerId));
      for (const step of first) await (step === 'rate' ? rate() : credit.tell(creditNote(customerId)));
      expect((await orderOf(customerId)).invoiced).toBe(100_00n);
      await rate();
      await credit.tell(reevaluation(customerId));
      if (then.length > 0) await credit.tell(creditNote(customerId));
      expect((await orderOf(customerId)).invoiced).toBe(expected);
      expect(await credit.owes(customerId)).toEqual({
        ...{ shippedNotInvoiced: 100_00n - expected, receivables: expected, total: 100_00n },
      });
    },
  );
});

describe('A stub’s receivables', () => {
  it('wait unconverted and are booked when the customer is registered', async () => {
    await credit.tell(
      invoiced('C-30', 'I-1', usd('100.00')),
      paid('C-30', 'P-1', eur('10.00')),
      shipped('C-30', 'O-1', usd('50.00')),
    );
    expect(await credit.owes('C-30')).toEqual({});
    await credit.tell(registered('C-30'));
    expect(await credit.owes('C-30')).toEqual({
      ...{ shippedNotInvoiced: 45_00n, receivables: 90_00n, unallocatedCredits: 10_00n, total: 125_00n },
    });
  });
});
