/** `npm run test:crash`: business goes on while everything is killed in turn; afterwards a checker proves what is left. */
import { projectRoot } from '@ordergate/local-infra';
import { join } from 'node:path';
import { proveChecker } from './broken/prove-checker.ts';
import { judge } from './checks/index.ts';
import { readSettings, type CrashSettings } from './crash-settings.ts';
import { injectFault, type Recovery } from './inject-fault.ts';
import { Chance } from './load/chance.ts';
import { oneRun } from './one-run.ts';
import { planFaults } from './plan-faults.ts';
import { faultLine, recoveryTable, tooSlow, verdictLines } from './report.ts';
import { Servers } from './system/servers.ts';
import { SystemUnderTest } from './system/system-under-test.ts';

const say = (line: string): void => console.log(line);
/** A mail whose sender was killed over it is tried again after a minute. */
const restMsMax = 120_000;

async function crashTest(servers: Servers, settings: CrashSettings): Promise<boolean> {
  const { seed, instances, messagesPerSecond, freezeMs, faults: count, only } = settings;
  say('  services start');
  const system = await SystemUnderTest.start(servers, { name: 'crash', instances });
  const recoveries: Recovery[] = [];
  const disturb: Parameters<typeof oneRun>[1]['disturb'] = async (watch) => {
    const names = system.services.map(({ name }) => name);
    const plan = planFaults(new Chance(seed), names, { count, only });
    await watch.recoveredSince(Date.now(), 30_000);
    const startedAtMs = Date.now();
    for (const [at, fault] of plan.entries()) {
      recoveries.push(await injectFault(system, watch, fault, freezeMs));
      say(faultLine(recoveries.at(-1)!, at + 1, plan.length, Date.now() - startedAtMs));
    }
  };
  const onStep = (name: string): void => say(`  ${name}`);
  try {
    const { history, sent } = await oneRun(system, { seed, messagesPerSecond, restMsMax, disturb, onStep });
    const verdicts = judge(history);
    const slow = settings.isTimed ? tooSlow(recoveries) : [];
    say(`\n${recoveryTable(recoveries)}\n\n${verdictLines(verdicts, history, sent)}`);
    for (const problem of slow) say(`  ✗ ${problem}`);
    return slow.length === 0 && verdicts.every(({ violations }) => violations.length === 0);
  } finally {
    for (const { endedByItself } of system.services) for (const line of endedByItself) say(`note: ${line}`);
    await system.stop();
  }
}

const settings = readSettings(process.argv.slice(2));
say(`Crash test, seed ${settings.seed} (again: npm run test:crash -- ${settings.again})`);
const home = join(projectRoot, '.ordergate', `crash-${process.pid}`);
const servers = await Servers.start(home, (line) => say(`  ${line}`));
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void servers.stop({ keepsData: false }).finally(() => process.exit(130)));
let isGreen = false;
try {
  isGreen = await (settings.provesChecker ? proveChecker(servers, settings.seed, say) : crashTest(servers, settings));
} catch (error) {
  console.error(`\n${(error as Error).stack}`);
}
await servers.stop({ keepsData: settings.keepsData || !isGreen });
process.exit(isGreen ? 0 : 1);
