import { Database } from '@ordergate/database';
import type { Policy } from '../../../../services/customer-credit/src/domain/policy/policy.ts';
import { differencesFrom, type Backtest } from '../backtest.ts';
import type { Progress } from '../progress.ts';
import { Tally } from '../tally.ts';
import { grouped } from '../../../replay/summary.ts';
import { countText } from '../report/words.ts';
import { compareDecisions, type Evidence } from './compare-decisions.ts';
import { readExtent } from './read-history.ts';

export interface DatabaseOptions {
  url: string;
  /** null: each decision as it was taken. */
  before: { policy: Policy; from: string } | null;
  after: { policy: Policy; from: string };
  /** Default: the first and the last day with decisions. */
  from: string | undefined;
  to: string | undefined;
  lateDays: number;
  progress: Progress;
}

/** Back-test on the decisions that customer-credit has stored. */
export async function backtestDatabase({
  url,
  before,
  after,
  lateDays,
  progress,
  ...asked
}: DatabaseOptions): Promise<Backtest> {
  const database = Database.open(url, { name: 'back-test', connections: 1 });
  try {
    const extent = await readExtent(database, { from: asked.from ?? null, to: asked.to ?? null });
    if (extent === null) throw new Error('No order was decided in these days.');
    const { orders, knownUntil, ...period } = extent;
    const judging = { knownUntil, lateDays };
    const tally = new Tally();
    progress.start(orders, 'orders');
    const evidence = await compareDecisions(database, {
      ...{ before: before?.policy ?? null, after: after.policy, period, judging },
      onOrder: (order) => tally.add(order),
      onProgress: (behind) => progress.reach(behind),
    });
    progress.stop();
    const taken = [...evidence.taken.values()];
    const decidedWith = taken.map(({ version }) => version).join(', ');
    return {
      before: before
        ? { version: before.policy.version, from: before.from }
        : { version: decidedWith, from: 'in force at the time' },
      after: { version: after.policy.version, from: after.from },
      source: `decisions stored in ${nameOf(url)}`,
      ...{ ...period, judging, tally, owed: [] },
      differences: differencesFrom(before ? [before.policy] : taken, after.policy),
      notes: notesOn(evidence),
    };
  } finally {
    await database.close();
  }
}

/** Host and name; who logs in, and with what, is nobody's business. */
function nameOf(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}

function notesOn({ notCompared, sameAgain, compared, anew, uncertain, checked, agreed }: Evidence): string[] {
  const workedOut = [...anew].map(([what, orders]) => `${what} for ${countText(orders, 'order', 'orders')}`).join(', ');
  const notes: [isSaid: boolean, note: string][] = [
    [
      true,
      'The facts are those that were stored with each decision: exposure, limit, standing and blocks are as they were under the policy in force. An order that the candidate holds, or lets through, does not change what it sees at later ones.',
    ],
    [
      true,
      'An order counts by the first answer to its newest version: one that was released later counts as held, since it had to wait.',
    ],
    [
      true,
      `${grouped(sameAgain)} of ${grouped(compared)} decisions, worked out again with their own policy, give the same answer.`,
    ],
    [
      notCompared > 0,
      `${countText(notCompared, 'order is', 'orders are')} left out: the rules had not answered, or not in these days.`,
    ],
    [
      workedOut !== '',
      `Worked out anew from receivables, payments and orders, since the candidate defines it differently: ${workedOut}. Promises, cancelled orders and payments that were reversed later are not remembered as they were.`,
    ],
    [
      checked > 0,
      `Where open items had been recorded, ${grouped(agreed)} of ${grouped(checked)} that were worked out anew agree with the record.`,
    ],
    [
      uncertain.length > 0,
      `For ${countText(uncertain.length, 'order', 'orders')} the candidate’s answer depends on when an invoice was disputed, which nobody knows any more; it is taken as disputed.`,
    ],
  ];
  return notes.filter(([isSaid]) => isSaid).map(([, note]) => note);
}
