import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { barePolicy } from '../domain/policy/policy.ts';
import { creditLane } from './credit-lane.fixture.ts';
import { eur, placed, registered, requested, returned, shipped } from './credit-messages.fixture.ts';
import { briefly, warehouseDoor } from './warehouse-door.fixture.ts';

let lane: Awaited<ReturnType<typeof warehouseDoor>>['lane'];
let withApproval: Awaited<ReturnType<typeof warehouseDoor>>['withApproval'];
beforeAll(async () => {
  ({ lane, withApproval } = await warehouseDoor());
}, 60_000);
afterAll(() => lane?.close());

describe('Goods that leave', () => {
  it.each([
    { worth: '60.00', alert: null, left: '50.00', because: 'as authorized' },
    { worth: '10.00', alert: null, left: '100.00', because: 'less than authorized gives the rest back' },
    {
      worth: '60.01',
      alert: { measured: '60.01', threshold: '60.00' },
      left: '49.99',
      because: 'a cent was not authorized',
    },
  ])('worth $worth settle an authorization of 60.00: $because', async ({ worth, alert, left }) => {
    const C = await withApproval();
    await lane.tell(requested(C, 'O', 'S1', eur('60.00')));
    const told = await lane.tell(shipped(C, 'O', eur(worth), { shipmentId: 'S1' }));
    expect(told.map(({ data: { kind, measured, threshold, unit } }) => ({ kind, measured, threshold, unit }))).toEqual(
      alert ? [{ kind: 'shipment-unauthorized', ...alert, unit: 'EUR' }] : [],
    );
    const [, refused] = await lane.tell(requested(C, 'O', 'S2', eur(left)), requested(C, 'O', 'S3', eur('0.01')));
    expect(refused!.data.reasons).toMatchObject([{ code: 'approval-exceeded', threshold: '0.00' }]);
  });

  it('without an authorization are counted all the same, and told', async () => {
    const C = await withApproval();
    const [alert] = await lane.tell(shipped(C, 'O', eur('60.00'), { shipmentId: 'S1' }));
    expect(alert).toMatchObject({
      topic: 'credit-accounts',
      type: 'RiskAlertRaised.v1',
      data: {
        customerId: C,
        kind: 'shipment-unauthorized',
        message: 'Goods of 60.00 EUR of order O left as shipment S1 without an authorization',
        ...{ measured: '60.00', threshold: '0.00', unit: 'EUR', businessDay: '2026-03-02' },
      },
    });
    expect(await lane.owes(C)).toEqual({ openOrders: 40_00n, shippedNotInvoiced: 60_00n, total: 100_00n });
    const changes = await lane.database.query(
      'select seq, type from account_change where customer_id = $1 and seq > 1',
      [C],
    );
    expect(changes).toEqual([{ seq: BigInt(alert!.data.seq), type: 'RiskAlertRaised.v1' }]);
    // The request comes too late.
    expect(briefly(await lane.tell(requested(C, 'O', 'S1', eur('60.00'))))).toEqual([
      'ShipmentRefused approval-missing',
    ]);
  });

  it('of an order that nobody knows, or that was refused, are told', async () => {
    const C = await withApproval();
    await lane.tell(requested(C, 'O', 'S1', eur('500.00')));
    const told = await lane.tell(
      shipped(C, 'O', eur('500.00'), { shipmentId: 'S1' }),
      shipped(C, 'N', eur('5.00')),
      shipped('C-nobody', 'N', eur('5.00')),
    );
    expect(briefly(told)).toEqual(Array(3).fill('RiskAlertRaised'));
  });

  it('under an authorization for another order are told', async () => {
    const C = await withApproval();
    await lane.tell(placed(C, 'P'), requested(C, 'P', 'S1', eur('60.00')));
    expect(briefly(await lane.tell(shipped(C, 'O', eur('60.00'), { shipmentId: 'S1' })))).toEqual(['RiskAlertRaised']);
    const left = await lane.tell(requested(C, 'P', 'S2', eur('50.01')));
    expect(left[0]!.data.reasons).toMatchObject([{ threshold: '50.00' }]);
  });

  it('twice are counted and told once', async () => {
    const C = await withApproval();
    const goods = { shipmentId: 'S1' };
    const told = await lane.tell(shipped(C, 'O', eur('60.00'), goods), shipped(C, 'O', eur('60.00'), goods));
    expect(briefly(told)).toEqual(['RiskAlertRaised']);
    expect(await lane.tell(shipped(C, 'O', eur('60.00'), goods))).toEqual([]);
  });

  it('and come back may leave again', async () => {
    const C = await withApproval();
    await lane.tell(
      requested(C, 'O', 'S1'),
      shipped(C, 'O', eur('100.00'), { shipmentId: 'S1' }),
      returned(C, 'O', eur('40.00')),
    );
    expect(await lane.tell(requested(C, 'O', 'S2'))).toMatchObject([{ data: { value: eur('40.00') } }]);
  });
});

describe('Where the policy lets goods leave unasked', () => {
  let optional: Awaited<ReturnType<typeof creditLane>>;
  beforeAll(async () => {
    optional = await creditLane({ ...barePolicy, shipments: { authorization: 'optional' } });
  }, 60_000);
  afterAll(() => optional?.close());

  it.each([
    { worth: '100.00', told: [], because: 'the approval covers it' },
    { worth: '100.01', told: ['RiskAlertRaised'], because: 'the approval ends a cent below' },
  ])('$worth of an approved order are told $told, since $because', async ({ worth, told }) => {
    const C = `worth-${worth}`;
    await optional.tellOneByOne(registered(C), placed(C, 'O'));
    expect(briefly(await optional.tell(shipped(C, 'O', eur(worth))))).toEqual(told);
  });

  it('what is held or expired is told', async () => {
    const C = 'held-and-expired';
    await optional.tellOneByOne(registered(C), placed(C, 'O'), placed(C, 'H', { total: eur('1000.00') }));
    expect(briefly(await optional.tell(shipped(C, 'H', eur('1.00'))))).toEqual(['RiskAlertRaised']);
    await optional.startDay('2026-04-02');
    expect(briefly(await optional.tell(shipped(C, 'O', eur('1.00'))))).toEqual(['RiskAlertRaised']);
  });
});
