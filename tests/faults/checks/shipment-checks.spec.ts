import { describe, expect, it } from '@jest/globals';
import type { TopicRecord } from '../history/history.ts';
import { cancelled, decision, entry, held, record, shipment } from './history.fixture.ts';
import { shipmentsAnswered } from './shipments-answered.ts';
import { withinTheCeiling } from './within-the-ceiling.ts';

const value = (minor: number) => ({ amount: `0.${String(minor).padStart(2, '0')}`, currency: 'EUR' });
/** Goods of so many cents that left, and where they stand in the ledger. */
const left = (seq: bigint, shipmentId: string, minor: number) => ({
  told: record('orders', 'OrderShipped.v1', { orderId: 'O-1', shipmentId, value: value(minor) }, { id: `m-${seq}` }),
  entry: entry(seq),
});
const alert = (seq: number) => record('credit-accounts', 'RiskAlertRaised.v1', { seq, kind: 'shipment-unauthorized' });
const history = (part: {
  goods?: ReturnType<typeof left>[];
  records?: TopicRecord[];
  decisions?: ReturnType<typeof decision>[];
  shipments?: ReturnType<typeof shipment>[];
}) => ({
  records: [...(part.goods ?? []).map(({ told }) => told), ...(part.records ?? [])],
  decisions: part.decisions ?? [decision(1n)],
  shipments: part.shipments ?? [],
  ledger: (part.goods ?? []).map(({ entry: its }) => its),
});

describe('Within the ceiling', () => {
  it('exactly the ceiling may be authorized, in parts, before and after goods leave', () => {
    const shipments = [shipment(2n), shipment(4n, { value: 30n }), shipment(5n, { value: 10n })];
    expect(withinTheCeiling.violations(history({ shipments, goods: [left(3n, 'S-2', 60)] }))).toEqual([]);
  });

  it('a cent more is found', () => {
    const shipments = [shipment(2n), shipment(4n, { value: 41n })];
    expect(withinTheCeiling.violations(history({ shipments, goods: [left(3n, 'S-2', 60)] }))).toEqual([
      'order C-1 O-1 seq 4: S-4 of 41 was authorized; with 0 authorized and 60 shipped that is 101, over the ceiling of 100',
    ]);
  });

  it('refusals take nothing', () => {
    const shipments = [shipment(2n, { outcome: 'refused', value: 500n }), shipment(3n, { value: 100n })];
    expect(withinTheCeiling.violations(history({ shipments }))).toEqual([]);
  });

  it('what was authorized lapses when the order is held, and is found to be gone', () => {
    const decisions = [decision(1n), held(3n), decision(5n, { outcome: 'released' })];
    const shipments = [shipment(2n), shipment(6n, { value: 100n })];
    expect(withinTheCeiling.violations(history({ decisions, shipments }))).toEqual([]);
    expect(withinTheCeiling.violations(history({ decisions, shipments: [shipment(4n)] }))).toEqual([
      'order C-1 O-1 seq 4: S-4 was authorized without an approval',
    ]);
  });

  it('nothing is authorized for a cancelled order', () => {
    const call = { ...cancelled(), source: 'test', id: 'm-2' };
    const parts = { ...history({ records: [call], shipments: [shipment(3n)] }), ledger: [entry(2n)] };
    expect(withinTheCeiling.violations(parts)).toEqual(['order C-1 O-1 seq 3: S-3 was authorized without an approval']);
  });

  it.each([
    { goods: [left(3n, 'S-9', 10)], because: 'nobody asked' },
    { goods: [left(3n, 'S-2', 61)], because: 'a cent was not authorized' },
  ])('goods that leave although $because must be told, each once', ({ goods }) => {
    const shipments = [shipment(2n)];
    const untold = 'goods of customer C-1 left unchecked 1 times, 0 were told';
    expect(withinTheCeiling.violations(history({ goods, shipments }))).toEqual([untold]);
    expect(withinTheCeiling.violations(history({ goods, shipments, records: [alert(4), alert(4)] }))).toEqual([]);
  });

  it('an alert about goods that were authorized is found', () =>
    expect(
      withinTheCeiling.violations(
        history({ goods: [left(3n, 'S-2', 60)], shipments: [shipment(2n)], records: [alert(4)] }),
      ),
    ).toEqual(['goods of customer C-1 left unchecked 0 times, 1 were told']));

  it('goods whose invoice came first have no place in the ledger: told or not, nobody can say', () => {
    const shipments = [shipment(2n)];
    const early = left(3n, 'S-9', 10).told;
    expect(withinTheCeiling.violations(history({ shipments, records: [early] }))).toEqual([]);
    expect(withinTheCeiling.violations(history({ shipments, records: [early, alert(4)] }))).toEqual([]);
    expect(withinTheCeiling.violations(history({ shipments, records: [early, alert(4), alert(5)] }))).toHaveLength(1);
  });

  it('what a fact let others move is not its own place', () => {
    const goods = [left(3n, 'S-2', 60)];
    const parts = history({ goods, shipments: [shipment(2n), shipment(4n, { value: 40n })] });
    const released = { ...entry(5n), caused_by: goods[0]!.entry.caused_by };
    expect(withinTheCeiling.violations({ ...parts, ledger: [released, ...parts.ledger] })).toEqual([]);
  });
});

describe('Shipments answered', () => {
  const asked = record('orders', 'ShipmentRequested.v1', { orderId: 'O-1', shipmentId: 'S-2' });
  const told = (seq: number, type = 'ShipmentAuthorized.v1') =>
    record('credit-decisions', type, { orderId: 'O-1', shipmentId: 'S-2', seq });

  it('one answer, however often it was asked for and told', () =>
    expect(
      shipmentsAnswered.violations({ records: [asked, asked, told(2), told(2)], shipments: [shipment(2n)] }),
    ).toEqual([]));

  it.each([
    { records: [asked], shipments: [], found: 'shipment C-1 S-2 was asked for and not answered' },
    { records: [asked], shipments: [shipment(2n)], found: 'nobody was told the answer to shipment C-1 S-2' },
    {
      records: [asked, told(2), told(3)],
      shipments: [shipment(2n)],
      found: 'shipment C-1 S-2 was told as ShipmentAuthorized.v1 (seq 3), which is not its answer',
    },
    {
      records: [asked, told(2), told(2, 'ShipmentRefused.v1')],
      shipments: [shipment(2n)],
      found: 'shipment C-1 S-2 was told as ShipmentRefused.v1 (seq 2), which is not its answer',
    },
  ])('$found', ({ records, shipments, found }) =>
    expect(shipmentsAnswered.violations({ records, shipments })).toContain(found),
  );
});
