import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Policy } from '../../../services/customer-credit/src/domain/policy/policy.ts';
import { readPolicy } from '../../../services/customer-credit/src/policy-file.ts';
import type { ComparedOrder } from './compared-order.ts';
import { replayInMemory } from './from-data/replay-in-memory.ts';
import { backtestDatabase } from './from-database/backtest-database.ts';
import { compareDecisions } from './from-database/compare-decisions.ts';
import { busiestCustomers, gateRun } from './gate-run.fixture.ts';
import { noProgress } from './progress.ts';
import { totalOf } from './tally.ts';

// Orders of IBM's file are worth 5 to 130.
const live = readPolicy(
  `version: spec.1
rules:
  overdue-items: { days: 6, amountMin: "40.00", percentMin: 20 }
  payment-behaviour: { windowDays: 90, daysLateMax: 12 }
  demand-spike: { factor: 1.7, ordersMin: 5 }
`,
  'live.yaml',
);
const candidate = readPolicy(
  `version: spec.2
rules:
  overdue-items: { days: 2, amountMin: "60.00" }
  oldest-open-item: { days: 9 }
  payment-behaviour: { windowDays: 180, daysLateMax: 8 }
  demand-spike: { factor: 1.6, windowDays: 14, ordersMin: 4 }
  order-value: { max: "90.00" }
  custom:slow: { expression: "account.daysLate > 11.0 && account.oldestOverdueDays > 4" }
`,
  'candidate.yaml',
);

const plan = busiestCustomers(14);
const judging = { knownUntil: plan.days.at(-1)!.day, lateDays: 10 };
let run: Awaited<ReturnType<typeof gateRun>>;
/** The same once more, with the candidate in the shadow. */
let shadowed: Awaited<ReturnType<typeof gateRun>>;

beforeAll(async () => {
  run = await gateRun(plan, live);
  shadowed = await gateRun(plan, live, candidate);
}, 120_000);
afterAll(async () => {
  await run?.lane.close();
  await shadowed?.lane.close();
});

/** Every order as a back-test over the file compares it. */
function played(): ComparedOrder[] {
  const orders: ComparedOrder[] = [];
  replayInMemory({
    ...{ plan, before: live, after: candidate, from: plan.days[0]!.day, to: judging.knownUntil, judging },
    onOrder: (order) => void orders.push(order),
    onDay: () => undefined,
  });
  return orders;
}

describe('A history played in memory', () => {
  it('gives every order the answer that the gate gives', () => {
    const orders = played();
    expect(orders).toHaveLength(plan.rows.length);
    expect(Object.fromEntries(orders.map(({ orderId, before }) => [orderId, before]))).toEqual(
      Object.fromEntries(run.answers),
    );
    const reasons = new Set([...run.answers.values()].flat());
    expect([...reasons].sort()).toEqual([
      'credit-limit-exceeded',
      'demand-spike',
      'overdue-items',
      'payment-behaviour',
    ]);
  });
});

/** The stored decisions beside a candidate, order by order. */
async function compared(after: Policy, before: Policy | null = null) {
  const orders: ComparedOrder[] = [];
  const evidence = await compareDecisions(run.lane.database, {
    ...{ before, after, judging, period: { from: plan.days[0]!.day, to: judging.knownUntil } },
    onOrder: (order) => void orders.push(order),
    onProgress: () => undefined,
  });
  return { orders, evidence };
}
const answersOf = (orders: readonly ComparedOrder[], policy: 'before' | 'after') =>
  Object.fromEntries(orders.map((order) => [order.orderId, order[policy]]));

describe('A back-test of stored decisions', () => {
  it('finds what the candidate found as a shadow policy, though most of it had not been recorded', async () => {
    const { orders, evidence } = await compared(candidate);
    const differences = await shadowed.lane.database.query<{ orderId: string; reasons: { code: string }[] }>(
      'select order_id as "orderId", shadow_reasons as reasons from shadow_difference order by customer_id, seq desc',
    );
    const shadow = new Map(differences.map(({ orderId, reasons }) => [orderId, reasons.map(({ code }) => code)]));
    const isCertain = ({ orderId }: { orderId: string }) => !evidence.uncertain.includes(orderId);
    const expected = [...run.answers].map(([orderId, answer]) => ({ orderId, after: shadow.get(orderId) ?? answer }));
    expect(answersOf(orders.filter(isCertain), 'after')).toEqual(
      Object.fromEntries(expected.filter(isCertain).map(({ orderId, after }) => [orderId, after])),
    );
    // A fifth of the file's invoices was disputed.
    expect(evidence.uncertain.length).toBeLessThan(orders.length / 50);
    const reasons = new Set([...shadow.values()].flat());
    expect([...reasons].sort()).toEqual([
      ...['credit-limit-exceeded', 'custom:slow', 'demand-spike', 'oldest-open-item', 'order-value', 'overdue-items'],
      'payment-behaviour',
    ]);
    expect([...evidence.anew.keys()].sort()).toEqual(['days late', 'earlier orders', 'open items']);
  });

  it('tells what was decided, and decides it again alike', async () => {
    const { orders, evidence } = await compared(candidate);
    expect(answersOf(orders, 'before')).toEqual(Object.fromEntries(run.answers));
    expect(evidence).toMatchObject({ compared: plan.rows.length, sameAgain: plan.rows.length, notCompared: 0 });
    expect([...evidence.taken.keys()]).toEqual(['spec.1']);
    expect([evidence.checked > 0, evidence.agreed]).toEqual([true, evidence.checked]);
  });

  it('takes two other policies as well', async () => {
    const { orders } = await compared(live, candidate);
    const { orders: turned } = await compared(candidate);
    expect(answersOf(orders, 'before')).toEqual(answersOf(turned, 'after'));
    expect(answersOf(orders, 'after')).toEqual(Object.fromEntries(run.answers));
  });

  it('knows how what was delivered was paid, and of the rest nothing', async () => {
    const { orders } = await compared(candidate);
    const payments = new Map(played().map(({ orderId, payment }) => [orderId, payment]));
    const unknown = { kind: 'not-known', daysLate: null, isUnpaid: false };
    expect(Object.fromEntries(orders.map(({ orderId, payment }) => [orderId, payment]))).toEqual(
      Object.fromEntries(
        [...run.answers].map(([id, answer]) => [id, answer.length === 0 ? payments.get(id) : unknown]),
      ),
    );
  });

  it('reads the days that are asked for', async () => {
    const url = run.lane.database.url;
    const options = {
      url,
      before: null,
      after: { policy: candidate, from: 'c.yaml' },
      lateDays: 10,
      progress: noProgress,
    };
    const { from, to, tally, differences } = await backtestDatabase({
      ...options,
      from: '2012-06-01',
      to: '2012-12-31',
    });
    const days = tally.changed.map(({ day }) => day).sort();
    expect([from >= '2012-06-01', to <= '2012-12-31', days[0]! >= from, days.at(-1)! <= to]).toEqual([
      true,
      true,
      true,
      true,
    ]);
    const decided = plan.rows.filter(({ invoicedOn }) => invoicedOn >= '2012-06-01' && invoicedOn <= '2012-12-31');
    expect(totalOf(tally.before.held).orders + totalOf(tally.before.approved).orders).toBe(decided.length);
    expect(differences).toMatchObject({ before: 'spec.1', after: 'spec.2' });
    await expect(backtestDatabase({ ...options, from: '2031-01-01', to: undefined })).rejects.toThrow(
      'No order was decided in these days.',
    );
  });
});
