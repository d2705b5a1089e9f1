import type { DunningNoticeIssuedV1 } from '@ordergate/contracts';
import type { Delivery } from '@ordergate/messaging';
import { daysBetween, formatMoney } from '@ordergate/money';
import { openItems } from '@ordergate/receivables';
import type { DunningRequestedV1 } from '../commands/collection-commands.ts';
import { decideDunning, sumIn, type DunningDecision } from '../domain/dunning/decide-dunning.ts';
import { dunnableItems, type DunnableItem } from '../domain/dunning/dunnable-items.ts';
import { dunningRulesFor, type DunningPolicy, type WhoIsDunned } from '../domain/dunning/dunning-policy.ts';
import { missingOf } from '../domain/promise/commitment.ts';
import type { CustomerInHand } from './customer-in-hand.ts';
import type { StandingWork } from './standing-work.ts';

/** What a run came to for one customer. */
export interface RunOutcome {
  runId: string;
  customerId: string;
  /** `raised`, or why the level was left. */
  outcome: string;
  dunningLevel: number;
}

// What the contract of the notice takes.
const itemsMax = 5_000;
const overdueDaysMax = 36_500;

/** A run comes to a customer: raises its level and issues the notice, or leaves it. */
export function dun(
  work: StandingWork,
  delivery: Delivery<DunningRequestedV1>,
  policy: DunningPolicy,
  who: WhoIsDunned,
): RunOutcome {
  const customer = work.customer(delivery.customerId);
  const { businessDay } = work.chunk;
  const outcome = { runId: delivery.message.runId, customerId: customer.customerId };
  const { currency, dunningLevel: level, dunnedOn } = customer;
  if (currency === null || businessDay === null) return { ...outcome, outcome: 'nothing-to-dun', dunningLevel: level };
  const items = dunnableItems(openItems(customer.book), promisedByCurrency(customer), businessDay);
  const rules = dunningRulesFor(policy, who);
  const decision = decideDunning({ currency, items, level, dunnedOn, rules, businessDay });
  if (decision.outcome === 'left') return { ...outcome, outcome: decision.because, dunningLevel: level };

  customer.dunningLevel = decision.level;
  customer.dunnedOn = businessDay;
  const data = notice(work, delivery, currency, businessDay, items, decision);
  work.outgoing.push({
    topic: 'collections',
    key: customer.customerId,
    type: 'DunningNoticeIssued.v1',
    data,
    causedBy: delivery,
  });
  return { ...outcome, outcome: 'raised', dunningLevel: decision.level };
}

function promisedByCurrency({ commitments }: CustomerInHand): Map<string, bigint> {
  const promised = new Map<string, bigint>();
  for (const commitment of commitments) {
    const missing = missingOf(commitment).reduce((sum, { amount }) => sum + amount, 0n);
    promised.set(commitment.currency, (promised.get(commitment.currency) ?? 0n) + missing);
  }
  return promised;
}

function notice(
  { chunk }: StandingWork,
  { id, customerId }: Delivery,
  currency: string,
  businessDay: string,
  items: readonly DunnableItem[],
  { level, fee }: Extract<DunningDecision, { outcome: 'raised' }>,
): DunningNoticeIssuedV1 {
  return {
    noticeId: id,
    customerId,
    dunningLevel: level,
    businessDay,
    overdue: formatMoney({ minor: sumIn(currency, items), currency }),
    ...(fee !== null && { fee: formatMoney({ minor: fee, currency }) }),
    items: items.slice(0, itemsMax).map(({ invoiceId, dueOn, amount, currency: its }) => ({
      ...{ invoiceId, dueOn, open: formatMoney({ minor: amount, currency: its }) },
      overdueDays: Math.min(daysBetween(dueOn, businessDay), overdueDaysMax),
    })),
    issuedAt: chunk.at.toISOString(),
  };
}
