import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  amended,
  cancelled,
  command,
  eur,
  forceHeld,
  limitOf,
  placed,
  requested,
  shipped,
  usd,
} from './credit-messages.fixture.ts';
import { briefly, warehouseDoor } from './warehouse-door.fixture.ts';

let lane: Awaited<ReturnType<typeof warehouseDoor>>['lane'];
let withApproval: Awaited<ReturnType<typeof warehouseDoor>>['withApproval'];
beforeAll(async () => {
  ({ lane, withApproval } = await warehouseDoor());
}, 60_000);
afterAll(() => lane?.close());

describe('The warehouse asks', () => {
  it('and goods of an approved order may leave; the next request gets what is left', async () => {
    const C = await withApproval();
    const told = await lane.tell(
      requested(C, 'O', 'S1', eur('60.00')),
      requested(C, 'O', 'S2', eur('50.01')),
      requested(C, 'O', 'S3', eur('50.00')),
      requested(C, 'O', 'S4', eur('0.01')),
    );
    expect(briefly(told)).toEqual([
      'ShipmentAuthorized',
      'ShipmentRefused approval-exceeded',
      'ShipmentAuthorized',
      'ShipmentRefused approval-exceeded',
    ]);
    expect(told[0]!.data).toMatchObject({
      shipmentId: 'S1',
      orderId: 'O',
      customerId: C,
      value: eur('60.00'),
      reasons: [],
    });
    expect(told[1]!.data.reasons).toMatchObject([{ measured: '50.01', threshold: '50.00', unit: 'EUR' }]);
    expect(told.map(({ data }) => data.seq)).toEqual([2, 3, 4, 5].map((seq) => told[0]!.data.seq - 2 + seq));
    // The credit was reserved when the order was approved.
    expect(await lane.owes(C)).toEqual({ openOrders: 100_00n, total: 100_00n });
  });

  it('without a value for all that is left of the order', async () => {
    const C = await withApproval();
    await lane.tell(shipped(C, 'O', eur('30.00')), requested(C, 'O', 'S1', eur('20.00')));
    const [rest, nothing] = await lane.tell(requested(C, 'O', 'S2'), requested(C, 'O', 'S3'));
    expect(rest).toMatchObject({ type: 'ShipmentAuthorized.v1', data: { value: eur('50.00') } });
    expect(nothing).toMatchObject({ type: 'ShipmentRefused.v1', data: { value: eur('0.00') } });
  });

  it('twice, and gets the same answer; goods are taken from the approval once', async () => {
    const C = await withApproval();
    const first = await lane.tell(requested(C, 'O', 'S1', eur('110.00')), requested(C, 'O', 'S1', eur('110.00')));
    const again = await lane.tell(requested(C, 'O', 'S1', eur('110.00'), { requestedAt: '2026-03-02T19:00:00Z' }));
    expect(briefly([...first, ...again])).toEqual(Array(3).fill('ShipmentAuthorized'));
    for (const { data } of [...first, ...again]) expect(data).toEqual(first[0]!.data);

    const refused = await lane.tell(
      requested(C, 'O', 'S2', eur('1.00')),
      cancelled(C, 'O'),
      requested(C, 'O', 'S2', eur('1.00')),
    );
    expect(refused.map(({ data }) => data)).toEqual([refused[0]!.data, refused[0]!.data]);
  });

  it('about another value or order under the same shipmentId: no question, whatever was answered', async () => {
    const C = await withApproval();
    const told = await lane.tell(
      requested(C, 'O', 'S1', eur('60.00')),
      requested(C, 'O', 'S1', eur('60.01')),
      requested(C, 'O', 'S1'),
      requested(C, 'P', 'S1', eur('60.00')),
    );
    const dead = 'dead: shipment S1 was asked for before with other content; ask under another shipmentId';
    expect(briefly(told)).toEqual(['ShipmentAuthorized', dead, dead, dead]);
  });

  it('about what is held, declined, cancelled or not known', async () => {
    const C = await withApproval();
    await lane.tell(placed(C, 'H', { total: eur('1000.00') }), placed(C, 'X'), cancelled(C, 'X'));
    const told = await lane.tell(
      ...['H', 'X', 'N'].map((orderId) => requested(C, orderId, `S-${orderId}`, eur('10.00'))),
      requested('C-nobody', 'N', 'S', eur('10.00')),
      requested(C, 'N', 'S-default'),
      requested('C-nobody', 'N', 'S-default'),
    );
    expect(briefly(told)).toEqual([
      ...Array(5).fill('ShipmentRefused approval-missing'),
      'dead: order N is not known, so the request must say what the goods are worth',
    ]);
    expect(told.slice(0, 4).map(({ data }) => data.reasons[0].measured)).toEqual(['held', 'cancelled', 'none', 'none']);
  });

  it('about goods in another currency than the approval', async () => {
    const C = await withApproval();
    expect(briefly(await lane.tell(requested(C, 'O', 'S1', usd('1.00'))))).toEqual([
      'ShipmentRefused approval-missing',
    ]);
  });
});

describe('What has come since the approval', () => {
  it.each([
    { what: 'a block', event: (C: string) => blocked(C), code: 'account-blocked' },
    { what: 'a forced hold', event: (C: string) => forceHeld(C), code: 'forced-hold' },
    { what: 'a forced hold of the order', event: (C: string) => forceHeld(C, 'O'), code: 'forced-hold' },
    { what: 'an insurer’s stop', event: (C: string) => insured(C, '2026-03-02'), code: 'insurance-stop' },
  ])('$what: the shipment is refused and the order is held, which frees its credit', async ({ event, code }) => {
    const C = await withApproval();
    await lane.tell(event(C));
    const told = await lane.tell(requested(C, 'O', 'S1', eur('60.00')), requested(C, 'O', 'S2', eur('60.00')));
    // The second finds the order held; that is no reason to decide it once more.
    expect(briefly(told)).toEqual([`ShipmentRefused ${code}`, `OrderHeld ${code}`, 'ShipmentRefused approval-missing']);
    expect(await lane.owes(C)).toEqual({});
  });

  it('an insurer’s stop of tomorrow stops nothing today', async () => {
    const C = await withApproval();
    await lane.tell(insured(C, '2026-03-03'));
    expect(briefly(await lane.tell(requested(C, 'O', 'S1', eur('60.00'))))).toEqual(['ShipmentAuthorized']);
  });

  it('a lower limit: what was reserved before may leave', async () => {
    const C = await withApproval();
    await lane.tell(command('SetCreditLimit', C, { limit: limitOf(eur('1.00')), reason: 'r', requestedBy: 'u' }));
    expect(briefly(await lane.tell(requested(C, 'O', 'S1')))).toEqual(['ShipmentAuthorized']);
  });

  it('holds only what has not left', async () => {
    const C = await withApproval();
    await lane.tell(requested(C, 'O', 'S1', eur('60.00')), shipped(C, 'O', eur('60.00'), { shipmentId: 'S1' }));
    await lane.tell(blocked(C));
    const told = await lane.tell(requested(C, 'O', 'S2', eur('40.00')));
    expect(briefly(told)).toEqual(['ShipmentRefused account-blocked', 'OrderHeld account-blocked']);
    expect(await lane.owes(C)).toEqual({ shippedNotInvoiced: 60_00n, total: 60_00n });
  });

  it('finds nothing to hold when all has left', async () => {
    const C = await withApproval();
    await lane.tell(requested(C, 'O', 'S1'), shipped(C, 'O', eur('100.00'), { shipmentId: 'S1' }), blocked(C));
    expect(briefly(await lane.tell(requested(C, 'O', 'S2', eur('1.00'))))).toEqual(['ShipmentRefused account-blocked']);
  });
});

describe('An approval that changes', () => {
  it('keeps what is authorized when an amendment stays within it', async () => {
    const C = await withApproval();
    const told = await lane.tell(
      requested(C, 'O', 'S1', eur('60.00')),
      amended(C, 'O', { total: eur('110.00') }),
      requested(C, 'O', 'S2', eur('50.01')),
      requested(C, 'O', 'S3', eur('50.00')),
    );
    expect(briefly(told)).toEqual([
      'ShipmentAuthorized',
      'OrderApproved',
      'ShipmentRefused approval-exceeded',
      'ShipmentAuthorized',
    ]);
  });

  it('keeps what is authorized when the order is approved anew with a larger amount', async () => {
    const C = await withApproval();
    await lane.tell(requested(C, 'O', 'S1', eur('60.00')), amended(C, 'O', { total: eur('200.00') }));
    const told = await lane.tell(
      requested(C, 'O', 'S2', eur('160.01')),
      shipped(C, 'O', eur('60.00'), { shipmentId: 'S1' }),
      requested(C, 'O', 'S3', eur('160.00')),
    );
    expect(briefly(told)).toEqual(['ShipmentRefused approval-exceeded', 'ShipmentAuthorized']);
  });

  it.each([
    {
      what: 'held',
      end: (C: string) => [amended(C, 'O', { total: eur('5000.00') })],
      because: 'OrderHeld credit-limit-exceeded',
    },
    { what: 'cancelled', end: (C: string) => [cancelled(C, 'O')], because: undefined },
  ])('lets authorizations lapse when the order is $what; goods that leave then are told', async ({ end, because }) => {
    const C = await withApproval();
    await lane.tell(requested(C, 'O', 'S1', eur('60.00')));
    const told = await lane.tell(...end(C), shipped(C, 'O', eur('60.00'), { shipmentId: 'S1' }));
    expect(briefly(told)).toEqual([...(because ? [because] : []), 'RiskAlertRaised']);
    expect(await lane.owes(C)).toEqual({ shippedNotInvoiced: 60_00n, total: 60_00n });
  });

  it('does not bring back what lapsed when the order is approved once more', async () => {
    const C = await withApproval();
    await lane.tell(requested(C, 'O', 'S1', eur('60.00')), amended(C, 'O', { total: eur('5000.00') }));
    await lane.tell(amended(C, 'O', { orderVersion: 3 }));
    const told = await lane.tell(
      requested(C, 'O', 'S2', eur('110.00')),
      shipped(C, 'O', eur('60.00'), { shipmentId: 'S1' }),
    );
    expect(briefly(told)).toEqual(['ShipmentAuthorized', 'RiskAlertRaised']);
  });

  it('ends with a final shipment: nothing more leaves, and the rest is free', async () => {
    const C = await withApproval();
    await lane.tell(requested(C, 'O', 'S1', eur('60.00')), requested(C, 'O', 'S2', eur('20.00')));
    const told = await lane.tell(
      shipped(C, 'O', eur('60.00'), { shipmentId: 'S1', final: true }),
      requested(C, 'O', 'S3', eur('1.00')),
    );
    expect(briefly(told)).toEqual(['ShipmentRefused approval-missing']);
    expect(await lane.owes(C)).toEqual({ shippedNotInvoiced: 60_00n, total: 60_00n });
  });
});

const blocked = (C: string) =>
  command('BlockAccount', C, { blockId: 'B', kind: 'stop', reason: 'r', requestedBy: 'u' });
const insured = (C: string, stopDeliveryOn: string) =>
  command('TakeCollateral', C, {
    ...{ collateralId: 'I', kind: 'credit-insurance', value: eur('1000.00'), stopDeliveryOn, requestedBy: 'u' },
  });
