import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  businessDay,
  collectionsLane,
  customer,
  dunning,
  invoice,
  payment,
  policy,
  promise,
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
const typesOf = (told: Told[]) => told.map(({ type, data }) => `${type} ${data.dunningLevel}`);

describe('A dunning run', () => {
  it('before any policy dunns by the default: an item 7 days overdue is reminded of, one of 6 is not', async () => {
    await lane.tell(customer('C-1'), invoice('C-1', 'I', '100', '2026-02-23'), invoice('C-1', 'J', '5', '2026-02-24'));
    const told = await lane.tell(dunning('C-1'));
    expect(told).toMatchObject([
      {
        type: 'DunningNoticeIssued.v1',
        data: {
          ...{ customerId: 'C-1', dunningLevel: 1, businessDay, overdue: eur('105.00') },
          items: [
            { invoiceId: 'I', open: eur('100.00'), dueOn: '2026-02-23', overdueDays: 7 },
            { invoiceId: 'J', open: eur('5.00'), dueOn: '2026-02-24', overdueDays: 6 },
          ],
        },
      },
      { type: 'CustomerStandingChanged.v1', data: { dunningLevel: 1 } },
    ]);
    await lane.tell(invoice('C-2', 'I', '100', '2026-02-24'));
    expect(await lane.tell(dunning('C-2'))).toEqual([]);
  });

  it('raises by one level at most, and not again before the interval is over', async () => {
    await lane.tell(invoice('C-3', 'I', '100', '2025-11-01'));
    expect(typesOf(await lane.tell(dunning('C-3')))).toEqual([
      'DunningNoticeIssued.v1 1',
      'CustomerStandingChanged.v1 1',
    ]);
    await lane.startDay('2026-03-08');
    expect(typesOf(await lane.tell(dunning('C-3')))).toEqual(['CustomerStandingChanged.v1 1']);
    await lane.startDay('2026-03-09');
    expect(typesOf(await lane.tell(dunning('C-3')))).toEqual([
      'DunningNoticeIssued.v1 2',
      'CustomerStandingChanged.v1 2',
    ]);
  });

  it('leaves out what is disputed or promised', async () => {
    await lane.tell(invoice('C-4', 'I', '100', '2026-02-01'));
    await lane.tell(
      receivable('DisputeOpened.v1', { disputeId: 'D', customerId: 'C-4', invoiceId: 'I', on: businessDay }),
    );
    expect(await lane.tell(dunning('C-4'))).toEqual([]);
    await lane.tell(
      receivable('DisputeResolved.v1', { disputeId: 'D', customerId: 'C-4', invoiceId: 'I', on: businessDay }),
    );
    await lane.tell(promise('C-4', 'P', '100', '2026-03-20'));
    expect(await lane.tell(dunning('C-4'))).toEqual([]);
    await lane.tell(invoice('C-4', 'J', '30', '2026-02-20'));
    const [notice] = await lane.tell(dunning('C-4'));
    expect(notice!.data).toMatchObject({ dunningLevel: 1, items: [{ invoiceId: 'J', open: eur('30.00') }] });
  });

  it('is forgotten as soon as nothing is overdue, though more falls overdue in the same chunk', async () => {
    await lane.tell(invoice('C-5', 'I', '100', '2026-02-01'));
    await lane.tell(dunning('C-5'));
    const told = await lane.tell(payment('C-5', 'P', '100', businessDay), invoice('C-5', 'J', '40', '2026-02-02'));
    expect(typesOf(told)).toEqual(['CustomerStandingChanged.v1 0']);
    // And the interval with it.
    expect(typesOf(await lane.tell(dunning('C-5')))).toEqual([
      'DunningNoticeIssued.v1 1',
      'CustomerStandingChanged.v1 1',
    ]);
    const disputed = receivable('DisputeOpened.v1', {
      disputeId: 'D',
      customerId: 'C-5',
      invoiceId: 'J',
      on: businessDay,
    });
    expect(typesOf(await lane.tell(disputed))).toEqual(['CustomerStandingChanged.v1 0']);
  });

  it('goes by the active policy: scopes, fees, amounts; a policy that cannot be read is refused and the old one stays', async () => {
    const levels = [
      { level: 2, days: 10, fee: '15' },
      { level: 1, days: 0, amountMin: '50.01' },
    ];
    await lane.tell(
      policy('P-1', {
        dunning: { levels, intervalDays: 0 },
        scopes: [
          { when: { customer: ['C-7'] }, dunning: { levels: [] } },
          { when: { riskClass: ['E'] }, dunning: { levels: [{ level: 9, days: 0 }] } },
          { when: { segment: ['food'] }, rules: { 'order-value': 'off' } },
        ],
      }),
    );
    const [refused] = await lane.tell(policy('P-2', { dunning: { levels: [{ level: 10, days: 1 }] } }));
    expect(refused).toMatchObject({
      type: 'dead-letter',
      violations: expect.stringMatching('document.dunning.levels'),
    });
    const owing = (customerId: string, amount: string) => invoice(customerId, 'I', amount, '2026-02-01');
    await lane.tell(customer('C-7', { riskClass: 'E' }), customer('C-8', { riskClass: 'E' }));
    await lane.tell(owing('C-6', '50'), owing('C-7', '60'), owing('C-8', '60'), owing('C-9', '60'));
    const told = await lane.tell(...['C-6', 'C-7', 'C-8', 'C-9'].map((customerId) => dunning(customerId)));
    const notices = told.filter(({ type }) => type === 'DunningNoticeIssued.v1').map(({ data }) => data);
    expect(notices.map((data) => [data.customerId, data.dunningLevel, data.fee])).toEqual([
      ['C-8', 9, undefined],
      ['C-9', 1, undefined],
    ]);
    const [second] = await lane.tell(dunning('C-9'));
    expect(second!.data).toMatchObject({ dunningLevel: 2, fee: eur('15.00') });
    expect(await lane.tell(dunning('C-9'))).toEqual([]);
    expect(await lane.tell(review('C-9'))).toEqual([]);
  });
});
