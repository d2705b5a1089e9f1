import { CreditHttp } from '../credit-http.ts';
import type { History } from './history/history.ts';
import { deadlocksIn } from './history/deadlocks.ts';
import { readTables } from './history/read-tables.ts';
import { readTopics } from './history/read-topics.ts';
import { untilAtRest } from './history/until-at-rest.ts';
import { Chance } from './load/chance.ts';
import { Company } from './load/company.ts';
import { CreditManager } from './load/credit-manager.ts';
import { HoldDesk } from './load/hold-desk.ts';
import { Load } from './load/load.ts';
import { Sender } from './load/sender.ts';
import { DecisionWatch } from './system/decision-watch.ts';
import type { SystemUnderTest } from './system/system-under-test.ts';

const placing = ['OrderPlaced.v1', 'OrderAmended.v1'];

interface Run {
  seed: number;
  messagesPerSecond: number;
  /** Half of the messages lie on another partition than their customer's. */
  misplaces?: boolean;
  /** How long mails and lanes may take to come to rest. */
  restMsMax: number;
  /** What is done to the system while business goes on. */
  disturb: (watch: DecisionWatch) => Promise<void>;
  /** Says what has begun. */
  onStep: (name: string) => void;
}

/** Business goes on while the system is disturbed; returns what is left when all is at rest. */
export async function oneRun(system: SystemUnderTest, run: Run): Promise<{ history: History; sent: number }> {
  const { brokers, prefix, databaseUrls, mails } = system;
  const company = new Company(new Chance(run.seed), () => new Date());
  const watch = new DecisionWatch(brokers, `${prefix}credit-decisions`, 12);
  const sender = new Sender(brokers, prefix, run.misplaces ? new Chance(run.seed) : undefined);
  const load = new Load(company, sender, run.messagesPerSecond, (messages) =>
    watch.asked(messages.flatMap(({ type, data }) => (placing.includes(type) ? [data as never] : []))),
  );
  const http = new CreditHttp(system.creditUrl, await system.token('credit-manager'), 5_000);
  const manager = new CreditManager(http, new Chance(run.seed));
  const desk = new HoldDesk(http, new Chance(run.seed));
  try {
    await watch.start();
    watch.onDecision((decision) => company.hear(decision));
    await load.open();
    await manager.start();
    load.start();
    desk.start();
    await run.disturb(watch);
  } finally {
    await desk.stop();
    await manager.stop();
    await load.stop();
    await watch.stop();
  }
  run.onStep('everything comes to rest');
  await system.waitUntilReady();
  await untilAtRest(brokers, prefix, databaseUrls, run.restMsMax);
  run.onStep('topics and tables are read');
  const history = {
    records: await readTopics(brokers, prefix),
    ...(await readTables(databaseUrls, prefix)),
    deadlocks: deadlocksIn(system.servers.postgresLog),
    mails: mails.received,
  };
  return { history, sent: load.sent };
}
