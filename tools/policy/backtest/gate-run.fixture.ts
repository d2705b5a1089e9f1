import type { Sql } from '@ordergate/database';
import type { EventByHand } from '@ordergate/messaging/testing';
import { daysBetween, formatMoney } from '@ordergate/money';
import type { Policy } from '../../../services/customer-credit/src/domain/policy/policy.ts';
import { creditLane } from '../../../services/customer-credit/src/handlers/credit-lane.fixture.ts';
import { command } from '../../../services/customer-credit/src/handlers/credit-messages.fixture.ts';
import { savePolicy, setShadow } from '../../../services/customer-credit/src/store/policy.store.ts';
import { addressOf } from '../../replay/check-plan.ts';
import { readColumnMap } from '../../replay/column-map.ts';
import { creditLimits } from '../../replay/credit-limits.ts';
import { planDays, type PlannedMessage } from '../../replay/plan-days.ts';
import type { ReplayPlan } from '../../replay/read-plan.ts';
import { readReceivables, type Receivable } from '../../replay/read-receivables.ts';
import { ibmData } from './run-backtest.ts';

/** The busiest customers of IBM's file, as a replay plays them. */
export function busiestCustomers(count: number): ReplayPlan {
  const map = readColumnMap(ibmData.map);
  const byCustomer = [...Map.groupBy(readReceivables(ibmData.data, map), ({ customerId }) => customerId).values()];
  const rows = byCustomer
    .sort((a, b) => b.length - a.length)
    .slice(0, count)
    .flat();
  const limits = creditLimits(rows, map.limit);
  return { name: map.name, rows, limits, days: planDays(rows, limits, map) };
}

/**
 * The plan through the gate's own handlers and a real database. What is held is not delivered, and stays held. What customers
 * paid how late is told as collections would tell it; reminders and scores are left out.
 */
export async function gateRun(plan: ReplayPlan, live: Policy, shadow?: Policy) {
  const lane = await creditLane(live);
  if (shadow) await runInShadow(lane.database, shadow);
  const rows = new Map(plan.rows.map((row) => [row.line, row]));
  const answers = new Map<string, string[]>();
  const isDelivered = ({ invoiceId }: Receivable): boolean => answers.get(`SO-${invoiceId}`)?.length === 0;
  const comesAbout = ({ type, line }: PlannedMessage): boolean =>
    type !== 'BusinessDayStarted.v1' && (alwaysCome.includes(type) || isDelivered(rows.get(line)!));
  const tell = async (step: readonly PlannedMessage[], day: string): Promise<void> => {
    const events = step.filter(comesAbout).map(eventOf);
    if (events.length === 0) return;
    for (const { type, data } of await lane.tell(...events)) {
      if (!['OrderApproved.v1', 'OrderHeld.v1'].includes(type) || answers.has(data.orderId)) continue;
      answers.set(data.orderId, codesOf(data.reasons));
      if (type === 'OrderHeld.v1') await lane.tell(forcedHold(data));
    }
    const paid = plan.rows.filter((row) => row.settledOn === day && isDelivered(row));
    const standings = [...Map.groupBy(paid, ({ customerId }) => customerId)].map(([id, rows]) =>
      standing(id, day, rows),
    );
    if (standings.length > 0) await lane.tell(...standings);
  };
  for (const { day, steps } of plan.days) {
    await lane.startDay(day);
    for (const step of steps) await tell(step, day);
  }
  return { lane, answers };
}

async function runInShadow(sql: Sql, shadow: Policy): Promise<void> {
  const { version } = shadow;
  const at = new Date();
  await savePolicy(sql, { version, document: shadow, note: null, writtenBy: 'spec', writtenAt: at });
  await setShadow(sql, { version, setBy: 'spec', setAt: at });
}

const alwaysCome = ['CustomerRegistered.v1', 'OrderPlaced.v1'];
const codesOf = (reasons: readonly { code: string }[]): string[] => reasons.map(({ code }) => code);

const eventOf = ({ id, type, data, time }: PlannedMessage): EventByHand => ({
  ...{ id, type, data, time },
  topic: addressOf(type, data).topic as EventByHand['topic'],
});

const forcedHold = ({ customerId, orderId }: { customerId: string; orderId: string }): EventByHand =>
  command('ForceHold', customerId, { forcedHoldId: `H-${orderId}`, orderId, reason: 'stays held', requestedBy: 'u-1' });

/** What was paid on the day, by days late, as it is now. */
function standing(customerId: string, day: string, paid: readonly Receivable[]): EventByHand {
  const zero = { amount: '0.00', currency: 'USD' };
  const byDaysLate = Map.groupBy(paid, ({ dueOn }) => Math.max(0, daysBetween(dueOn, day)));
  return {
    ...{ topic: 'collections', type: 'CustomerStandingChanged.v1', id: `standing:${customerId}:${day}:${paid.length}` },
    data: {
      ...{ customerId, businessDay: day, overdue: zero, oldestOverdueDays: 0, disputed: zero, dunningLevel: 0 },
      ...{ weightedDaysLate: '0.00', windowDays: 365, ageing: [] },
      paid: [...byDaysLate].map(([daysLate, some]) => ({
        ...{ paidOn: day, daysLate },
        amount: formatMoney({ minor: some.reduce((sum, { minor }) => sum + minor, 0n), currency: 'USD' }),
      })),
    },
  };
}
