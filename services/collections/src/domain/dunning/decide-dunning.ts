import { addDays, daysBetween, fractionDigits, minorOf } from '@ordergate/money';
import type { DunnableItem } from './dunnable-items.ts';
import type { DunningLevel, DunningRules } from './dunning-policy.ts';

export interface DunningFacts {
  /** Of the credit account: what amounts of the rules are in. */
  currency: string;
  items: readonly DunnableItem[];
  level: number;
  /** The day of the last notice since the level was 0; null: none. */
  dunnedOn: string | null;
  rules: DunningRules;
  businessDay: string;
}

export type DunningDecision =
  | { outcome: 'raised'; level: number; fee: bigint | null }
  | { outcome: 'left'; because: 'nothing-to-dun' | 'highest-level' | 'too-soon' | 'not-old-enough' | 'too-little' };

/**
 * A run raises an account by at most one level: to the next one, when the oldest item that may be dunned is at least its
 * days overdue and the items come to at least its amount (SEMANTICS.md, "Policy").
 */
export function decideDunning({ currency, items, level, dunnedOn, rules, businessDay }: DunningFacts): DunningDecision {
  const [oldest] = items;
  if (!oldest) return left('nothing-to-dun');
  const next = nextLevel(rules.levels, level);
  if (!next) return left('highest-level');
  if (dunnedOn !== null && businessDay < addDays(dunnedOn, rules.intervalDays)) return left('too-soon');
  if (daysBetween(oldest.dueOn, businessDay) < next.days) return left('not-old-enough');
  const amountMin = next.amountMin === undefined ? 0n : inMinor(next.amountMin, currency);
  if (sumIn(currency, items) < amountMin) return left('too-little');

  return { outcome: 'raised', level: next.level, fee: next.fee === undefined ? null : inMinor(next.fee, currency) };
}

/** What the items come to in one currency. */
export const sumIn = (currency: string, items: readonly DunnableItem[]): bigint =>
  items.reduce((sum, item) => (item.currency === currency ? sum + item.amount : sum), 0n);

function nextLevel(levels: readonly DunningLevel[], level: number): DunningLevel | undefined {
  return levels.filter((step) => step.level > level).sort((left, right) => left.level - right.level)[0];
}

/** "4.50" is 4 yen: what the currency cannot say is cut off. */
function inMinor(amount: string, currency: string): bigint {
  const [whole = '0', fraction = ''] = amount.split('.');
  const digits = fraction.slice(0, fractionDigits(currency));
  return minorOf(digits ? `${whole}.${digits}` : whole, currency);
}

const left = (because: Extract<DunningDecision, { outcome: 'left' }>['because']): DunningDecision => ({
  outcome: 'left',
  because,
});
