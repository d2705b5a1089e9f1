/** `npm run test:crash`: business goes on while everything is killed in turn; afterwards a checker proves what is left. */
import { projectRoot } from '@ordergate/local-infra';
import { join } from 'node:path';
import { step } from '../../tools/demo/screen.ts';
import { readSettings, type CrashSettings } from './crash-settings.ts';
import { judge } from './checks/index.ts';
import { readTables } from './history/read-tables.ts';
import { readTopics } from './history/read-topics.ts';
import { untilAtRest } from './history/until-at-rest.ts';
import { injectFault, type Recovery } from './inject-fault.ts';
import { Chance } from './load/chance.ts';
import { Company } from './load/company.ts';
import { Load } from './load/load.ts';
import { Sender } from './load/sender.ts';
import { planFaults } from './plan-faults.ts';
import { faultLine, recoveryTable, verdictLines } from './report.ts';
import { DecisionWatch } from './system/decision-watch.ts';
import { prefix, SystemUnderTest } from './system/system-under-test.ts';

const placing = ['OrderPlaced.v1', 'OrderAmended.v1'];
const settings = readSettings(process.argv.slice(2));
console.log(`Crash test, seed ${settings.seed} (again: npm run test:crash -- ${settings.again})`);
const home = join(projectRoot, '.ordergate', `crash-${process.pid}`);
const system = await step('Kafka, Postgres and services', (say) =>
  SystemUnderTest.start({ home, instances: settings.instances, onProgress: say }),
);
let isGreen = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void system.stop({ keepsData: false }).finally(() => process.exit(130)));
try {
  isGreen = await run(settings);
} catch (error) {
  console.error(`\n${(error as Error).message}`);
} finally {
  const keepsData = settings.keepsData || !isGreen;
  if (keepsData) console.log(`\nData and logs are kept in ${home}`);
  await step('stopped', () => system.stop({ keepsData }));
}
process.exit(isGreen ? 0 : 1);

async function run({ seed, faults, only, freezeMs, messagesPerSecond }: CrashSettings): Promise<boolean> {
  const chance = new Chance(seed);
  const company = new Company(new Chance(chance.whole(0, 2 ** 31)), () => new Date());
  const watch = new DecisionWatch(system.brokers, `${prefix}credit-decisions`, 12);
  await watch.start();
  watch.onDecision(({ type, orderId }) => company.hear(orderId, type));
  const load = new Load(company, new Sender(system.brokers, prefix), messagesPerSecond, (messages) =>
    watch.asked(messages.flatMap(({ type, data }) => (placing.includes(type) ? [data as never] : []))),
  );
  const names = system.services.map(({ name }) => name);
  const plan = planFaults(chance, names, { count: faults, only });
  const recoveries: Recovery[] = [];
  await load.start();
  await watch.recoveredSince(Date.now(), 30_000);
  const startedAtMs = Date.now();
  for (const [at, fault] of plan.entries()) {
    recoveries.push(await injectFault(system, watch, fault, freezeMs));
    console.log(faultLine(recoveries.at(-1)!, at + 1, plan.length, Date.now() - startedAtMs));
  }
  await load.stop();
  await watch.stop();
  await step('everything is at rest', async () => {
    await Promise.all(system.services.map((service) => service.waitUntilReady()));
    await untilAtRest(system.brokers, prefix, system.databaseUrls);
  });
  const history = await step('topics and tables read', async () => ({
    records: await readTopics(system.brokers, prefix),
    ...(await readTables(system.databaseUrls, prefix)),
    mails: system.mails.received,
  }));
  const verdicts = judge(history);
  console.log(`\n${recoveryTable(recoveries)}\n\n${verdictLines(verdicts, history, load.sent)}`);
  for (const { endedByItself } of system.services) for (const line of endedByItself) console.log(`note: ${line}`);
  return verdicts.every(({ violations }) => violations.length === 0);
}
