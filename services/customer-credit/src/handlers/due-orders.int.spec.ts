import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { barePolicy } from '../domain/policy/policy.ts';
import { businessDay, creditLane, type Told } from './credit-lane.fixture.ts';
import {
  amended,
  approvalsDue,
  command,
  eur,
  goodsDue,
  invoiced,
  placed,
  registered,
  requested,
  returned,
  shipped,
} from './credit-messages.fixture.ts';

const approval = { ...barePolicy.approval, tolerancePercent: '10', validDays: 5 };
const lastDay = '2026-03-07';
const dayAfter = '2026-03-08';

let lane: Awaited<ReturnType<typeof creditLane>>;
beforeAll(async () => {
  lane = await creditLane({
    ...barePolicy,
    approval,
    shipments: { authorization: 'required', uninvoicedDays: 5 },
    scopes: [
      { when: { segment: ['closing'] }, approval: { onExpiry: 'close' } },
      { when: { segment: ['patient'] }, shipments: { uninvoicedDays: 20 } },
    ],
  });
}, 60_000);
afterAll(() => lane?.close());
beforeEach(() => lane.startDay(businessDay));

let customers = 0;
/** A customer with orders of 100.00 EUR, each approved up to 110.00 until 2026-03-07. */
async function withApprovals(orderIds: string[], fields: object = {}): Promise<string> {
  const customerId = `C-${(customers += 1)}`;
  await lane.tellOneByOne(registered(customerId, fields), ...orderIds.map((orderId) => placed(customerId, orderId)));
  return customerId;
}
const briefly = (told: readonly Told[]) =>
  told.map(({ type, data }) =>
    [type.replace('.v1', ''), data.orderId, ...(data.reasons ?? []).map(({ code }: { code: string }) => code)]
      .join(' ')
      .trim(),
  );
const limit = (C: string, amount: string) =>
  command('SetCreditLimit', C, { limit: { kind: 'amount', amount: eur(amount) }, reason: 'r', requestedBy: 'u' });

describe('An approval that has expired', () => {
  it('is told with what it still reserved, and the order is decided again', async () => {
    const C = await withApprovals(['O']);
    await lane.tell(requested(C, 'O', 'S1', eur('60.00')), shipped(C, 'O', eur('60.00'), { shipmentId: 'S1' }));
    await lane.startDay(dayAfter);
    const told = await lane.tell(approvalsDue(C, 'O'));
    expect(briefly(told)).toEqual(['ApprovalExpired O', 'OrderReleased O']);
    expect(told[0]!.data).toMatchObject({ customerId: C, expiredOn: dayAfter, freed: eur('40.00') });
    expect(told[1]!.data).toMatchObject({ seq: told[0]!.data.seq + 1, approval: { validUntil: '2026-03-13' } });
    expect(await lane.owes(C)).toEqual({ openOrders: 40_00n, shippedNotInvoiced: 60_00n, total: 100_00n });
  });

  it('frees only what has not left when the gate says no now', async () => {
    const C = await withApprovals(['O']);
    await lane.tell(shipped(C, 'O', eur('60.00')), limit(C, '10.00'));
    await lane.startDay(dayAfter);
    expect(briefly(await lane.tell(approvalsDue(C, 'O')))).toEqual([
      'ApprovalExpired O',
      'OrderHeld O credit-limit-exceeded',
    ]);
    expect(await lane.owes(C)).toEqual({ shippedNotInvoiced: 60_00n, total: 60_00n });
  });

  it('closes the order where the policy wants that; a new version opens it again', async () => {
    const C = await withApprovals(['O'], { segment: 'closing' });
    await lane.startDay(dayAfter);
    expect(briefly(await lane.tell(approvalsDue(C, 'O')))).toEqual(['ApprovalExpired O']);
    expect(await lane.owes(C)).toEqual({});
    const told = await lane.tell(requested(C, 'O', 'S1'), amended(C, 'O'), requested(C, 'O', 'S2'));
    expect(briefly(told)).toEqual(['ShipmentRefused O approval-expired', 'OrderApproved O', 'ShipmentAuthorized O']);
  });

  it('is left as it is once everything is invoiced, whether its shipments are told or not', async () => {
    const C = await withApprovals(['O', 'half']);
    await lane.tell(
      invoiced(C, 'I-1', eur('100.00'), { orderId: 'O' }),
      invoiced(C, 'I-2', eur('50.00'), { orderId: 'half' }),
    );
    await lane.startDay(dayAfter);
    expect(briefly(await lane.tell(approvalsDue(C, 'O', 'half')))).toEqual([
      'ApprovalExpired half',
      'OrderReleased half',
    ]);
    expect(briefly(await lane.tell(requested(C, 'O', 'S1')))).toContain('ShipmentRefused O approval-expired');
  });

  it('lets unused authorizations lapse', async () => {
    const C = await withApprovals(['O']);
    await lane.tell(requested(C, 'O', 'S1', eur('60.00')));
    await lane.startDay(dayAfter);
    await lane.tell(approvalsDue(C, 'O'));
    const told = await lane.tell(
      requested(C, 'O', 'S2', eur('110.00')),
      shipped(C, 'O', eur('60.00'), { shipmentId: 'S1' }),
    );
    expect(briefly(told)).toEqual(['ShipmentAuthorized O', 'RiskAlertRaised']);
  });

  it('lets nothing leave on an authorization of the day before, whether the job has come by or not', async () => {
    const C = await withApprovals(['O']);
    await lane.tell(requested(C, 'O', 'S1', eur('60.00')), requested(C, 'O', 'S2', eur('10.00')));
    await lane.startDay(lastDay);
    expect(await lane.tell(shipped(C, 'O', eur('60.00'), { shipmentId: 'S1' }))).toEqual([]);
    await lane.startDay(dayAfter);
    expect(briefly(await lane.tell(shipped(C, 'O', eur('10.00'), { shipmentId: 'S2' })))).toEqual(['RiskAlertRaised']);
  });

  it('is found by whoever asks first, before any job: refused, expired, decided again', async () => {
    const C = await withApprovals(['O']);
    await lane.startDay(dayAfter);
    const told = await lane.tell(requested(C, 'O', 'S1', eur('60.00')), requested(C, 'O', 'S2', eur('60.00')));
    expect(briefly(told)).toEqual([
      ...['ApprovalExpired O', 'ShipmentRefused O approval-expired', 'OrderReleased O', 'ShipmentAuthorized O'],
    ]);
    // The job comes by later and finds an approval that is good.
    expect(await lane.tell(approvalsDue(C, 'O'))).toEqual([]);
  });

  it.each([
    { what: 'its last day', day: lastDay, before: [] },
    { what: 'all has left', day: dayAfter, before: [(C: string) => shipped(C, 'O', eur('100.00'))] },
    {
      what: 'a final shipment has left',
      day: dayAfter,
      before: [(C: string) => shipped(C, 'O', eur('1.00'), { final: true })],
    },
    {
      what: 'it was amended to less than has left',
      day: dayAfter,
      before: [(C: string) => shipped(C, 'O', eur('60.00')), (C: string) => amended(C, 'O', { total: eur('50.00') })],
    },
  ])('is none when $what', async ({ day, before }) => {
    const C = await withApprovals(['O']);
    await lane.tellOneByOne(...before.map((make) => make(C)));
    await lane.startDay(day);
    expect(await lane.tell(approvalsDue(C, 'O'))).toEqual([]);
  });

  it('is decided again after all others of the account have ended, oldest first', async () => {
    const C = await withApprovals(['O1', 'O2', 'O3']);
    await lane.tell(limit(C, '250.00'));
    await lane.startDay(dayAfter);
    expect(briefly(await lane.tell(approvalsDue(C, 'O1', 'O2', 'O3')))).toEqual([
      ...['ApprovalExpired O1', 'ApprovalExpired O2', 'ApprovalExpired O3'],
      ...['OrderReleased O1', 'OrderReleased O2', 'OrderHeld O3 credit-limit-exceeded'],
    ]);
  });

  it('of goods that come back after it reserves nothing', async () => {
    const C = await withApprovals(['O'], { segment: 'closing' });
    await lane.tell(shipped(C, 'O', eur('100.00')));
    await lane.startDay(dayAfter);
    expect(briefly(await lane.tell(returned(C, 'O', eur('40.00'))))).toEqual(['ApprovalExpired O']);
    expect(await lane.owes(C)).toEqual({ shippedNotInvoiced: 60_00n, total: 60_00n });
  });

  it('is told once, however often it is asked for', async () => {
    const C = await withApprovals(['O'], { segment: 'closing' });
    await lane.startDay(dayAfter);
    const told = await lane.tell(approvalsDue(C, 'O'), approvalsDue(C, 'O'), approvalsDue(C, 'nothing'));
    expect(briefly([...told, ...(await lane.tell(approvalsDue(C, 'O')))])).toEqual(['ApprovalExpired O']);
  });
});

describe('Goods without an invoice', () => {
  const alertsOf = async (C: string, ...orderIds: string[]) =>
    (await lane.tell(goodsDue(C, ...orderIds))).map(({ data: { kind, message, measured, threshold, unit } }) => ({
      kind,
      message,
      measured,
      threshold,
      unit,
    }));

  it('are told once when they have been out for more days than the policy allows', async () => {
    const C = await withApprovals(['O']);
    await lane.tell(shipped(C, 'O', eur('60.00')));
    await lane.startDay(lastDay);
    expect(await alertsOf(C, 'O')).toEqual([]);
    await lane.startDay(dayAfter);
    expect(await alertsOf(C, 'O')).toEqual([
      {
        kind: 'goods-uninvoiced',
        message: `Goods of 60.00 EUR of order O left on ${businessDay}, and no invoice has come`,
        ...{ measured: '6', threshold: '5', unit: 'days' },
      },
    ]);
    expect(await alertsOf(C, 'O')).toEqual([]);
  });

  it('are not told when the invoice came, and the invoice counts for what left first', async () => {
    const C = await withApprovals(['O', 'P']);
    await lane.tell(shipped(C, 'O', eur('60.00')), shipped(C, 'P', eur('60.00')));
    await lane.startDay('2026-03-04');
    await lane.tell(shipped(C, 'P', eur('20.00')));
    await lane.tell(
      invoiced(C, 'I1', eur('60.00'), { orderId: 'O' }),
      invoiced(C, 'I2', eur('60.00'), { orderId: 'P' }),
    );
    await lane.startDay(dayAfter);
    expect(await alertsOf(C, 'O', 'P')).toEqual([]);
    await lane.startDay('2026-03-10');
    expect(await alertsOf(C, 'O', 'P')).toMatchObject([
      { measured: '6', message: expect.stringContaining('20.00 EUR of order P') },
    ]);
  });

  it('are given more time where the policy says so', async () => {
    const C = await withApprovals(['O'], { segment: 'patient' });
    await lane.tell(shipped(C, 'O', eur('60.00')));
    await lane.startDay(dayAfter);
    expect(await alertsOf(C, 'O')).toEqual([]);
    await lane.startDay('2026-03-23');
    expect(await alertsOf(C, 'O')).toMatchObject([{ measured: '21', threshold: '20' }]);
  });

  it('are told of customers that nobody knows, too', async () => {
    await lane.tell(shipped('C-stranger', 'O', eur('60.00')));
    await lane.startDay(dayAfter);
    expect(await alertsOf('C-stranger', 'O')).toMatchObject([{ kind: 'goods-uninvoiced' }]);
  });
});
