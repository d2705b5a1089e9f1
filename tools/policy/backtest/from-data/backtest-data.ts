import { relative } from 'node:path';
import type { Policy } from '../../../../services/customer-credit/src/domain/policy/policy.ts';
import { readPlan } from '../../../replay/read-plan.ts';
import type { Backtest, OwedOn } from '../backtest.ts';
import { differencesFrom } from '../backtest.ts';
import type { Progress } from '../progress.ts';
import { Tally } from '../tally.ts';
import { replayInMemory } from './replay-in-memory.ts';

export interface DataOptions {
  data: string;
  map: string;
  before: { policy: Policy; from: string };
  after: { policy: Policy; from: string };
  /** Default: the file's first and last day. */
  from: string | undefined;
  to: string | undefined;
  lateDays: number;
  progress: Progress;
}

/** Back-test on a file of receivables. @throws ReplayFileError when the file or its map is wrong */
export function backtestData({ data, map, before, after, lateDays, progress, ...period }: DataOptions): Backtest {
  const plan = readPlan(data, map);
  const [first, last] = [plan.days[0]!.day, plan.days.at(-1)!.day];
  const from = later(period.from, first);
  const to = earlier(period.to, last);
  const judging = { knownUntil: last, lateDays };
  const tally = new Tally();
  const owed: OwedOn[] = [];
  progress.start(plan.days.filter(({ day }) => day <= to).length, 'days');
  replayInMemory({
    ...{ plan, before: before.policy, after: after.policy, from, to, judging },
    onOrder: (order) => tally.add(order),
    onDay: (day, sums) => {
      if (day >= from) owed.push({ day, before: new Map(sums.before), after: new Map(sums.after) });
      progress.advance(day);
    },
  });
  progress.stop();
  return {
    before: { version: before.policy.version, from: before.from },
    after: { version: after.policy.version, from: after.from },
    source: `${relative('', data)}, replayed in memory`,
    ...{ from, to, judging, tally, owed },
    differences: differencesFrom([before.policy], after.policy),
    notes: [
      'Each policy runs its own course: what it approves is delivered and invoiced on the day and paid as the file says; what it holds is not delivered, and nobody owes it. So a policy that holds more sees less exposure, and fewer overdue items, at later orders.',
      'A held order stays held: that people release some, and that the gate releases others by itself when a payment comes, is not played. Customers who are held are assumed to have paid as they did.',
      'Reminders go out every morning as the policy’s levels say, and scores are those of collections; nobody promises to pay.',
      'A file knows no risk classes, credit groups, collateral, terms, discounts and instruments: rules and scopes that ask for them see none. Credit limits are made up from the first months, as the map of the file says.',
    ],
  };
}

const later = (day: string | undefined, other: string): string => (day !== undefined && day > other ? day : other);
const earlier = (day: string | undefined, other: string): string => (day !== undefined && day < other ? day : other);
