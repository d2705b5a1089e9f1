import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { barePolicy } from '../domain/policy/policy.ts';
import { creditLane, type Told } from './credit-lane.fixture.ts';
import { amended, cancelled, eur, limitOf, placed, registered, returned, shipped } from './credit-messages.fixture.ts';

let credit: Awaited<ReturnType<typeof creditLane>>;
beforeAll(async () => {
  credit = await creditLane({
    ...barePolicy,
    approval: { onExpiry: 'decide-again', tolerancePercent: '10', validDays: 5 },
  });
}, 60_000);
afterEach(() => credit.startDay('2026-03-02'));
afterAll(() => credit?.close());

const typesOf = (told: readonly Told[]) => told.map(({ type }) => type);
const codesOf = (told: Told | undefined) => told?.data.reasons.map(({ code }: { code: string }) => code);
const deadLetters = (told: readonly Told[]) => told.filter(({ type }) => type === 'dead-letter');
/** A total that cannot be read. */
const malformed = { total: { amount: '1.234', currency: 'EUR' } };

describe('An order in the lane', () => {
  it('reserves its amount, and is decided, booked and told once, whatever comes twice', async () => {
    await credit.tell(registered('C-1'));
    const order = placed('C-1', 'O-1', { total: eur('400.00') });
    const [told, ...rest] = await credit.tell(order, order);
    expect(rest).toEqual([]);
    expect(told).toMatchObject({
      type: 'OrderApproved.v1',
      key: 'C-1',
      data: { seq: 2, approval: { ceiling: eur('440.00') } },
    });
    expect(await credit.owes('C-1')).toEqual({ openOrders: 400_00n, total: 400_00n });

    const before = await credit.everything();
    expect(await credit.tell(order)).toEqual([]);
    expect(await credit.everything()).toEqual(before);
  });

  it('with another message id and the same content is ignored; with other content it is a dead letter', async () => {
    await credit.tell(registered('C-2'), placed('C-2', 'O-1'));
    expect(await credit.tell(placed('C-2', 'O-1'))).toEqual([]);
    const [dead, ...rest] = await credit.tell(placed('C-2', 'O-1', { total: eur('101.00') }));
    expect(dead).toMatchObject({ topic: 'orders-dlt', violations: expect.stringMatching(/higher orderVersion/) });
    expect(rest).toEqual([]);
  });

  it('amended within its ceiling keeps ceiling and validity; beyond it is decided again, and held frees what it had', async () => {
    await credit.tell(registered('C-3'), placed('C-3', 'O-1', { total: eur('900.00') }));
    await credit.startDay('2026-03-05');
    const [kept] = await credit.tell(amended('C-3', 'O-1', { total: eur('990.00') }));
    expect(kept?.data).toMatchObject({
      orderVersion: 2,
      approval: { ceiling: eur('990.00'), validUntil: '2026-03-07' },
    });
    const [held] = await credit.tell(amended('C-3', 'O-1', { total: eur('1000.01'), orderVersion: 3 }));
    expect([held?.type, codesOf(held)]).toEqual(['OrderHeld.v1', ['credit-limit-exceeded']]);
    expect(await credit.owes('C-3')).toEqual({});
  });

  it('moves with its goods; what is shipped finally frees the rest; cancelling leaves what has left', async () => {
    await credit.tell(registered('C-4'), placed('C-4', 'O-1'), placed('C-4', 'O-2'));
    await credit.tell(shipped('C-4', 'O-1', eur('60.00')), returned('C-4', 'O-1', eur('20.00')));
    expect(await credit.owes('C-4')).toEqual({ openOrders: 160_00n, shippedNotInvoiced: 40_00n, total: 200_00n });
    await credit.tell(shipped('C-4', 'O-1', eur('10.00'), { final: true }));
    expect(await credit.owes('C-4')).toEqual({ openOrders: 100_00n, shippedNotInvoiced: 50_00n, total: 150_00n });
    await credit.tell(
      shipped('C-4', 'O-2', eur('30.00')),
      cancelled('C-4', 'O-2'),
      placed('C-4', 'O-2', { orderVersion: 9 }),
    );
    expect(await credit.owes('C-4')).toEqual({ shippedNotInvoiced: 80_00n, total: 80_00n });
  });

  it('counts a shipment once, though its sender changes the message id', async () => {
    await credit.tell(registered('C-5'), placed('C-5', 'O-1'));
    const shipment = shipped('C-5', 'O-1', eur('30.00'));
    await credit.tell(shipment, { ...shipment, id: 'another' });
    await credit.tell({ ...shipment, id: 'a third' });
    expect(await credit.owes('C-5')).toEqual({ openOrders: 70_00n, shippedNotInvoiced: 30_00n, total: 100_00n });
  });

  it('that was cancelled before it came stays cancelled', async () => {
    await credit.tell(registered('C-6'));
    expect(await credit.tell(cancelled('C-6', 'O-1'), placed('C-6', 'O-1'))).toEqual([]);
  });

  it('whose goods left before it came is exposure, and asks only for the rest', async () => {
    await credit.tell(registered('C-7', { limit: limitOf(eur('100.00')) }), shipped('C-7', 'O-1', eur('80.00')));
    expect(await credit.owes('C-7')).toEqual({ shippedNotInvoiced: 80_00n, total: 80_00n });
    expect(typesOf(await credit.tell(placed('C-7', 'O-1')))).toEqual(['OrderApproved.v1']);
  });
});

describe('An order that cannot be read', () => {
  it('of an unknown customer is held with what is known, and its message is a dead letter', async () => {
    const told = await credit.tell(placed('C-10', 'O-1', malformed));
    expect(deadLetters(told)).toEqual([expect.objectContaining({ violations: expect.stringMatching(/total/) })]);
    const held = told.find(({ type }) => type === 'OrderHeld.v1')!;
    expect(codesOf(held)).toEqual(['technical-error']);
    for (const unknown of ['total', 'totalInAccountCurrency', 'exposure', 'limit', 'available', 'approval'])
      expect(held.data).not.toHaveProperty(unknown);
  });

  it('is answered once, however often it comes, and decided when it is corrected', async () => {
    await credit.tell(registered('C-11'));
    const broken = placed('C-11', 'O-1', malformed);
    expect(typesOf(await credit.tell(broken)).sort()).toEqual(['OrderHeld.v1', 'dead-letter']);
    expect(typesOf(await credit.tell(broken))).toEqual(['dead-letter']);
    expect(typesOf(await credit.tell(placed('C-11', 'O-1')))).toEqual(['OrderApproved.v1']);
    expect(await credit.owes('C-11')).toEqual({ openOrders: 100_00n, total: 100_00n });
  });

  it('revokes no approval, and a cancelled order stays cancelled', async () => {
    await credit.tell(registered('C-12'), placed('C-12', 'O-1'), cancelled('C-12', 'O-2'));
    const told = await credit.tell(amended('C-12', 'O-1', malformed), placed('C-12', 'O-2', malformed));
    expect(typesOf(told)).toEqual(['dead-letter', 'dead-letter']);
    expect(await credit.owes('C-12')).toEqual({ openOrders: 100_00n, total: 100_00n });
  });

  it('as a newer version of a held order holds it for that alone, until a readable one comes', async () => {
    await credit.tell(registered('C-13'), placed('C-13', 'O-1', { total: eur('1000.01') }));
    const told = await credit.tell(amended('C-13', 'O-1', malformed));
    expect(codesOf(told.find(({ type }) => type === 'OrderHeld.v1'))).toEqual(['technical-error']);
    expect(typesOf(await credit.tell(amended('C-13', 'O-1', { total: eur('1000.00') })))).toEqual(['OrderApproved.v1']);
  });

  it('without a readable orderId or customerId is a dead letter alone', async () => {
    const told = await credit.tell(placed('C-14', '', malformed), placed('', 'O-1', malformed));
    expect(typesOf(told)).toEqual(['dead-letter', 'dead-letter']);
  });

  it('is held alike while it waits parked', async () => {
    await credit.tell(registered('C-15'));
    await credit.lane.chunk([placed('C-15', 'O-1')], { guiltyBecause: 'a bug' });
    const [decision] = await credit.database.query<any>("select * from decision where customer_id = 'C-15'");
    expect(decision).toMatchObject({ outcome: 'held', reasons: [{ code: 'technical-error' }] });
    const told = await credit.tell(placed('C-15', 'O-2'));
    expect([typesOf(told), codesOf(told[0])]).toEqual([['OrderHeld.v1'], ['technical-error']]);
  });
});

describe('An order whose message has the id of another one', () => {
  const reused = (event: ReturnType<typeof placed>, first: { id: string }) => ({ ...event, id: first.id });

  it('is a dead letter and held, told once, until it comes with an id of its own', async () => {
    const first = placed('C-16', 'O-1');
    await credit.tell(registered('C-16'), first);
    const conflicting = credit.lane.record(reused(placed('C-16', 'O-2'), first));
    const told = await credit.tell(conflicting);
    expect(told).toEqual([
      expect.objectContaining({ type: 'OrderHeld.v1', data: expect.objectContaining({ orderId: 'O-2', seq: 3 }) }),
      expect.objectContaining({ topic: 'orders-dlt', violations: expect.stringMatching(/came before with other/) }),
    ]);
    expect(told[0]?.data.reasons).toEqual([
      expect.objectContaining({
        code: 'technical-error',
        message: expect.stringMatching(/give a new message a new id/),
      }),
    ]);
    expect(await credit.tell({ ...conflicting })).toEqual([]);
    expect(typesOf(await credit.tell(placed('C-16', 'O-2')))).toEqual(['OrderApproved.v1']);
    expect(await credit.owes('C-16')).toEqual({ openOrders: 200_00n, total: 200_00n });
  });

  it('is answered in its place: what comes after it in the same chunk is decided after it', async () => {
    const first = placed('C-17', 'O-1');
    const told = await credit.tell(
      registered('C-17'),
      first,
      reused(placed('C-17', 'O-2'), first),
      placed('C-17', 'O-2'),
    );
    expect(told.filter(({ data }) => data?.orderId === 'O-2').map(({ type }) => type)).toEqual([
      'OrderHeld.v1',
      'OrderApproved.v1',
    ]);
  });

  it.each([
    { state: 'approved', before: [placed('C-18', 'O-1')], because: 'a bad resend revokes nothing' },
    { state: 'cancelled', before: [placed('C-18', 'O-2'), cancelled('C-18', 'O-2')], because: 'cancel is final' },
    {
      state: 'held in that very version',
      before: [placed('C-18', 'O-3', { orderVersion: 2, total: eur('5000.00') })],
      because: 'its sender has the answer to it',
    },
  ])('is a dead letter alone when it is $state, since $because', async ({ before }) => {
    await credit.tell(registered('C-18'), ...before);
    const { orderId } = before[0]!.data as { orderId: string };
    const rows = await credit.database.query('select * from customer_order order by 1, 2');
    const told = await credit.tell(reused(amended('C-18', orderId, { total: eur('1.00') }), before[0]!));
    expect(typesOf(told)).toEqual(['dead-letter']);
    expect(await credit.database.query('select * from customer_order order by 1, 2')).toEqual(rows);
  });

  it('is a dead letter alone when it places nothing', async () => {
    const first = placed('C-19', 'O-1');
    await credit.tell(registered('C-19'), first);
    const told = await credit.tell({ ...cancelled('C-19', 'O-1'), id: first.id });
    expect(typesOf(told)).toEqual(['dead-letter']);
    expect(await credit.owes('C-19')).toEqual({ openOrders: 100_00n, total: 100_00n });
  });
});
