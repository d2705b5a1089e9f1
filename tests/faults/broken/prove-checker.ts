import { projectRoot } from '@ordergate/local-infra';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { judge } from '../checks/index.ts';
import { oneRun } from '../one-run.ts';
import type { Servers } from '../system/servers.ts';
import { SystemUnderTest } from '../system/system-under-test.ts';
import { breaks, type Break } from './breaks.ts';

const breakOnLoad = pathToFileURL(join(projectRoot, 'tests', 'faults', 'broken', 'break-on-load.ts')).href;
const businessMs = 5_000;
const restMsMax = 3_000;
const messagesPerSecond = 120;

/** Runs customer-credit with one mistake after the other; true if the checker found every one of them. */
export async function proveChecker(servers: Servers, seed: number, say: (line: string) => void): Promise<boolean> {
  let isProved = true;
  for (const one of breaks) {
    const found = await findings(servers, one, seed);
    const missed = one.foundBy.filter((name) => !found.has(name));
    say(`  ${missed.length === 0 ? '✓' : '✗'} ${one.name}: ${one.says}`);
    for (const name of one.foundBy) say(`      ${name}: ${found.get(name)?.[0] ?? 'found nothing'}`);
    isProved &&= missed.length === 0;
  }
  return isProved;
}

/** By check: what it found. */
async function findings(servers: Servers, broken: Break, seed: number): Promise<ReadonlyMap<string, string[]>> {
  const { name, sql: creditSql, kills, misplaces = false } = broken;
  const creditEnv = { NODE_OPTIONS: `--import ${breakOnLoad}`, ORDERGATE_BROKEN: name };
  const system = await SystemUnderTest.start(servers, { name, creditEnv, creditSql });
  const disturb = async (): Promise<void> => {
    await pause(businessMs);
    for (let kill = 1; kill <= kills; kill += 1) {
      system.service('customer-credit').kill();
      await pause(500);
      await system.service('customer-credit').waitUntilReady();
      await pause(1_500);
    }
  };
  try {
    const onStep = (): void => undefined;
    const { history } = await oneRun(system, { seed, messagesPerSecond, misplaces, restMsMax, disturb, onStep });
    const verdicts = judge(history).filter(({ violations }) => violations.length > 0);
    return new Map(verdicts.map(({ check, violations }) => [check.name, violations]));
  } finally {
    await system.stop();
  }
}
