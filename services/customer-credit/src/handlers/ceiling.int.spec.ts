import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { addDays, minorOf } from '@ordergate/money';
import type { EventByHand } from '@ordergate/messaging/testing';
import fc from 'fast-check';
import { barePolicy, type OnExpiry } from '../domain/policy/policy.ts';
import { businessDay, creditLane, type Told } from './credit-lane.fixture.ts';
import * as message from './credit-messages.fixture.ts';

const policyOf = (onExpiry: OnExpiry) => ({
  ...barePolicy,
  approval: { tolerancePercent: '10', validDays: 2, onExpiry },
});
const lanes = new Map<OnExpiry, Awaited<ReturnType<typeof creditLane>>>();
beforeAll(async () => {
  for (const onExpiry of ['decide-again', 'close'] as const) lanes.set(onExpiry, await creditLane(policyOf(onExpiry)));
}, 60_000);
afterAll(async () => {
  for (const lane of lanes.values()) await lane.close();
});
beforeEach(async () => {
  for (const lane of lanes.values()) await lane.startDay(businessDay);
});

type Step = (customerId: string, version: number) => EventByHand | 'a day';
const orderId = fc.constantFrom('O-1', 'O-2');
const shipmentId = fc.integer({ min: 1, max: 9 }).map((n) => `S-${n}`);
const money = fc.integer({ min: 0, max: 130 }).map((units) => message.eur(`${units}.00`));
const isFinal = fc.oneof({ weight: 9, arbitrary: fc.constant({}) }, fc.constant({ final: true }));

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.tuple(orderId, money).map(
      ([of, total]): Step =>
        (id, orderVersion) =>
          message.amended(id, of, { total, orderVersion }),
    ),
  },
  {
    weight: 9,
    arbitrary: fc.tuple(orderId, shipmentId, fc.option(money, { nil: undefined })).map(
      ([of, its, value]): Step =>
        (id) =>
          message.requested(id, of, its, value),
    ),
  },
  {
    weight: 6,
    arbitrary: fc.tuple(orderId, shipmentId, money, isFinal).map(
      ([of, its, value, final]): Step =>
        (id) =>
          message.shipped(id, of, value, { shipmentId: its, ...final }),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(orderId, money).map(
      ([of, value]): Step =>
        (id) =>
          message.returned(id, of, value),
    ),
  },
  {
    weight: 1,
    arbitrary: orderId.map(
      (of): Step =>
        (id) =>
          message.cancelled(id, of),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constant<Step>((id) =>
      message.command('BlockAccount', id, { blockId: 'B', kind: 'stop', reason: 'r', requestedBy: 'u' }),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constant<Step>((id) => message.command('LiftBlock', id, { blockId: 'B', requestedBy: 'u' })),
  },
  { weight: 2, arbitrary: fc.constant<Step>((id) => message.approvalsDue(id, 'O-1', 'O-2')) },
  { weight: 2, arbitrary: fc.constant<Step>(() => 'a day') },
);

/** An order as somebody sees it who only reads the topics. */
class WatchedOrder {
  private approval: { ceiling: bigint; validUntil: string } | null = null;
  private readonly authorized = new Map<string, bigint>();
  private shipped = 0n;
  /** Goods left under these shipmentIds, of whichever order. */
  private readonly gone: ReadonlySet<string>;

  constructor(gone: ReadonlySet<string>) {
    this.gone = gone;
  }

  private left(): bigint {
    const open = [...this.authorized.values()].reduce((sum, value) => sum + value, 0n);
    return this.approval === null ? 0n : this.approval.ceiling - open - this.shipped;
  }

  private end(): void {
    this.approval = null;
    this.authorized.clear();
  }

  /** What the gate says, in the order of seq; an authorization is checked against what has come before. */
  hear({ type, data }: Told, day: string): void {
    switch (type) {
      case 'OrderApproved.v1':
      case 'OrderReleased.v1':
        this.approval = { ceiling: minor(data.approval.ceiling), validUntil: data.approval.validUntil };
        return;
      case 'OrderHeld.v1':
      case 'ApprovalExpired.v1':
        return this.end();
      case 'ShipmentAuthorized.v1':
        expect(this.approval !== null && day <= this.approval.validUntil).toBe(true);
        // More may have left than was allowed; goods worth nothing take nothing.
        if (minor(data.value) > 0n) expect(minor(data.value)).toBeLessThanOrEqual(this.left());
        this.authorized.set(data.shipmentId, minor(data.value));
        return;
      case 'ShipmentRefused.v1':
        // Nothing but a block keeps what the approval has room for.
        if (
          this.approval &&
          day <= this.approval.validUntil &&
          !this.gone.has(data.shipmentId) &&
          minor(data.value) > 0n
        )
          expect(
            data.reasons.some(({ code }: { code: string }) => code === 'account-blocked') ||
              minor(data.value) > this.left(),
          ).toBe(true);
    }
  }

  /** What the warehouse and the order's sender say; returns whether somebody must be told of the goods. */
  see({ type, data }: EventByHand, day: string): boolean {
    const { shipmentId: its, value, final } = data as { shipmentId: string; value: { amount: string }; final?: true };
    if (type === 'OrderCancelled.v1') this.end();
    if (type === 'ShipmentReturned.v1') this.shipped = this.shipped < minor(value) ? 0n : this.shipped - minor(value);
    if (type !== 'OrderShipped.v1') return false;
    const isOver = this.approval === null || day > this.approval.validUntil;
    const authorized = isOver ? undefined : this.authorized.get(its);
    this.authorized.delete(its);
    this.shipped += minor(value);
    if (final) this.end();
    return authorized === undefined || minor(value) > authorized;
  }
}

const minor = ({ amount }: { amount: string }): bigint => minorOf(amount, 'EUR');
let runs = 0;

describe.each(['decide-again', 'close'] as const)(
  'Whatever happens to orders whose approvals expire (%s)',
  (onExpiry) => {
    it('what is authorized never exceeds what the ceilings leave, and only facts do', async () => {
      const lane = lanes.get(onExpiry)!;
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
          const customerId = `C-${(runs += 1)}`;
          let day = businessDay;
          await lane.startDay(day);
          const gone = new Set<string>();
          const watched = { 'O-1': new WatchedOrder(gone), 'O-2': new WatchedOrder(gone) };
          const answers = new Map<string, object>();
          const hear = (told: readonly Told[]): void => {
            for (const one of told) {
              const { type, data } = one;
              if (type.startsWith('Shipment') && answers.has(data.shipmentId)) {
                expect(data).toEqual(answers.get(data.shipmentId));
                continue;
              }
              if (type.startsWith('Shipment')) answers.set(data.shipmentId, data);
              watched[data.orderId as 'O-1']?.hear(one, day);
            }
          };
          hear(
            await lane.tellOneByOne(
              message.registered(customerId),
              message.placed(customerId, 'O-1'),
              message.placed(customerId, 'O-2'),
            ),
          );
          for (const [at, make] of steps.entries()) {
            const event = make(customerId, at + 2);
            if (event === 'a day') {
              await lane.startDay((day = addDays(day, 1)));
              continue;
            }
            const { orderId: of = 'O-1', shipmentId: its } = event.data as { orderId?: 'O-1'; shipmentId?: string };
            // Goods leave once under an id.
            if (event.type === 'OrderShipped.v1' && gone.has(its!)) continue;
            if (event.type === 'OrderShipped.v1') gone.add(its!);
            const isToldOf = watched[of].see(event, day);
            const told = await lane.tell(event);
            expect(told.filter(({ type }) => type === 'RiskAlertRaised.v1')).toHaveLength(isToldOf ? 1 : 0);
            hear(told.filter(({ violations }) => !violations));
          }
        }),
        { numRuns: 60, interruptAfterTimeLimit: 60_000 },
      );
    }, 120_000);
  },
);
