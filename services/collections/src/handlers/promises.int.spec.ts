import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  businessDay,
  collectionsLane,
  invoice,
  payment,
  plan,
  promise,
  receivable,
  review,
} from './collections-lane.fixture.ts';

let lane: Awaited<ReturnType<typeof collectionsLane>>;
beforeAll(async () => {
  lane = await collectionsLane();
}, 60_000);
afterAll(() => lane?.close());

const eur = (amount: string) => ({ amount, currency: 'EUR' });
const due = '2026-02-01';

describe('A promise to pay', () => {
  it('is told, and part of the standing until it is paid', async () => {
    await lane.tell(invoice('C-1', 'I', '100', due));
    expect(await lane.tell(promise('C-1', 'P', '80', '2026-03-05'))).toMatchObject([
      {
        type: 'PromiseToPayRecorded.v1',
        data: { promiseId: 'P', amount: eur('80.00'), payOn: '2026-03-05', recordedBy: 'user:u-1' },
      },
      { type: 'CustomerStandingChanged.v1', data: { promised: [{ payOn: '2026-03-05', amount: eur('80.00') }] } },
    ]);
    expect(await lane.tell(promise('C-1', 'P', '80', '2026-03-05'))).toEqual([]);
    expect(await lane.tell(payment('C-1', 'M-1', '30', businessDay))).toMatchObject([
      { data: { promised: [{ payOn: '2026-03-05', amount: eur('50.00') }] } },
    ]);
    const [kept, standing] = await lane.tell(payment('C-1', 'M-2', '60', '2026-03-02'));
    expect(kept).toMatchObject({ type: 'PromiseToPayKept.v1', data: { promiseId: 'P', amount: eur('80.00') } });
    expect(standing!.data).not.toHaveProperty('promised');
  });

  it('that a payment has kept and that did not hold stays kept; an open one loses what was taken back', async () => {
    await lane.tell(invoice('C-2', 'I', '100', due), payment('C-2', 'M-0', '1', businessDay));
    await lane.tell(promise('C-2', 'P', '80', '2026-03-05'));
    await lane.tell(payment('C-2', 'M-1', '30', businessDay));
    const reversed = await lane.tell(
      receivable('PaymentReversed.v1', { paymentId: 'M-1', customerId: 'C-2', on: businessDay }),
    );
    expect(reversed).toMatchObject([{ data: { promised: [{ amount: eur('80.00') }] } }]);
  });

  it('may be paid on its last day, and is broken on the day after, with what came in', async () => {
    await lane.tell(invoice('C-3', 'I', '100', due), invoice('C-4', 'I', '100', due));
    await lane.tell(promise('C-3', 'P', '80', businessDay), promise('C-4', 'P', '80', businessDay));
    const [kept] = await lane.tell(payment('C-3', 'M', '80', businessDay));
    expect(kept!.type).toBe('PromiseToPayKept.v1');
    await lane.tell(payment('C-4', 'M', '79.99', businessDay));
    await lane.startDay('2026-03-03');
    const told = await lane.tell(review('C-3'), review('C-4'));
    expect(told.map(({ type, key }) => [type, key])).toEqual([
      ['PromiseToPayBroken.v1', 'C-4'],
      ['CustomerStandingChanged.v1', 'C-3'],
      ['CustomerStandingChanged.v1', 'C-4'],
    ]);
    expect(told[0]!.data).toMatchObject({ amount: eur('80.00'), received: eur('79.99'), businessDay: '2026-03-03' });
    expect(told[2]!.data).not.toHaveProperty('promised');
  });

  it('is broken before anything else of the new day: a payment that comes then does not save it', async () => {
    await lane.tell(invoice('C-5', 'I', '100', due), promise('C-5', 'P', '80', '2026-03-03'));
    await lane.startDay('2026-03-04');
    const told = await lane.tell(payment('C-5', 'M', '80', '2026-03-03'));
    expect(told.map(({ type }) => type)).toEqual(['PromiseToPayBroken.v1', 'CustomerStandingChanged.v1']);
  });

  it('is not kept by money that was received after its day', async () => {
    await lane.tell(invoice('C-6', 'I', '100', due), promise('C-6', 'P', '80', '2026-03-04'));
    const [told] = await lane.tell(payment('C-6', 'M', '80', '2026-03-05'));
    expect(told!.data).toMatchObject({ promised: [{ amount: eur('80.00') }] });
  });
});

describe('A payment plan', () => {
  it('excuses what is left of it, and is broken by the first instalment that is missed', async () => {
    await lane.tell(invoice('C-7', 'I', '100', due));
    const [agreed] = await lane.tell(plan('C-7', 'L', ['2026-04-10', '60'], ['2026-03-10', '40']));
    expect(agreed).toMatchObject({
      type: 'PaymentPlanAgreed.v1',
      data: { planId: 'L', total: eur('100.00'), agreedBy: 'user:u-1' },
    });
    const [paid] = await lane.tell(payment('C-7', 'M', '50', '2026-03-05'));
    expect(paid!.data).toMatchObject({ promised: [{ payOn: '2026-04-10', amount: eur('50.00') }] });
    await lane.startDay('2026-03-11');
    const told = await lane.tell(review('C-7'));
    expect(told.map(({ type }) => type)).toEqual(['CustomerStandingChanged.v1']);
    await lane.startDay('2026-04-11');
    expect(await lane.tell(review('C-7'))).toMatchObject([
      { type: 'PaymentPlanBroken.v1', data: { planId: 'L', dueOn: '2026-04-10', missing: eur('50.00') } },
      { type: 'CustomerStandingChanged.v1' },
    ]);
  });
});
