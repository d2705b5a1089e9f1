/** `npm run bench`: how fast the gate decides, beside the least that Kafka costs and the way it is usually done. */
import { readInfraState, startLocalInfra } from '@ordergate/local-infra';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { home as everythingsHome } from '../../tools/demo/demo-state.ts';
import { step } from '../../tools/demo/screen.ts';
import type { Stop } from './arms/arm.ts';
import { Servers } from './arms/servers.ts';
import { startArms } from './arms/start-arms.ts';
import { measureIdle } from './idle.ts';
import { LoadClient } from './load/load-client.ts';
import { measureSlot, type Measured } from './measure-slot.ts';
import { asWritten, figuresOf } from './report/figures.ts';
import { idleTable, summaryOf, tableOf, verdictTable } from './report/table.ts';
import { bounds, idleVerdictsOf, quickBounds, verdictsOf, type Idle, type Verdict } from './report/verdicts.ts';
import { prepareWal } from './prepare-wal.ts';
import { readSettings, usage, type BenchSettings } from './settings.ts';
import { longForm, quickForm, secondsOf, slotsOf } from './slots.ts';

const home = join(everythingsHome, 'bench');
/** What has been started, to be stopped in the opposite order. */
const stops: Stop[] = [];

async function run(settings: BenchSettings): Promise<void> {
  const { isQuick, isFlatOutOnly, isIdleOnly, isAsserted } = settings;
  const verdicts: Verdict[] = [];
  if (!isIdleOnly) verdicts.push(...(await measureArms(settings)));
  if (!isQuick && !isFlatOutOnly) verdicts.push(...(await measureRest()));

  console.log(`\n${verdictTable(verdicts)}`);
  if (isQuick) console.log('Wide bounds: --quick is short and tells only what is clearly broken.');
  if (isAsserted && verdicts.some(({ judged }) => judged === 'broken')) process.exitCode = 1;
}

async function measureArms(settings: BenchSettings): Promise<Verdict[]> {
  const form = settings.isQuick ? quickForm : longForm;
  const slots = slotsOf(settings.isFlatOutOnly ? { ...form, rates: [] } : form, settings.arms);
  console.log(`${slots.length} slots, about ${Math.ceil(secondsOf(slots) / 60 + 1)} minutes`);
  const servers = await startServers(form.walMegabytes);
  const load = startLoad();
  const arms = await startArms(servers, load, { ...settings, names: settings.arms }, stops);
  const { kafka, postgres } = readInfraState(home);
  const pids = { broker: kafka!.process!.pid, postgres: postgres!.process!.pid };

  const measured: Measured[] = [];
  for (const [at, slot] of slots.entries()) {
    const { arm, kind, plan } = slot;
    const name = `${at + 1}/${slots.length} ${arm}: ${kind}${plan.perSecond ? ` of ${plan.perSecond}/s` : ''}`;
    await step(name, async (say) => {
      await writeWhatIsLeft();
      measured.push(await measureSlot(slot, arms.get(arm)!, load, pids));
      say(summaryOf(measured.at(-1)!));
    });
  }
  const proved: Verdict[] = [];
  for (const { prove } of arms.values()) proved.push(...((await prove?.()) ?? []));
  await stopAll();

  const figures = figuresOf(measured);
  console.log(`\n${tableOf(figures)}\n`);
  const ofOurs = measured.filter(({ slot }) => slot.arm === 'ours');
  const megabytes = Math.max(...ofOurs.map(({ residentBytesMax }) => residentBytesMax)) / 1_048_576;
  const limits = settings.isQuick ? quickBounds : bounds;
  const verdicts = [...verdictsOf(figures, Math.round(megabytes), limits), ...proved];
  if (settings.jsonFile) writeFileSync(settings.jsonFile, `${JSON.stringify(asWritten(figures, verdicts), null, 2)}\n`);
  return verdicts;
}

async function measureRest(): Promise<Verdict[]> {
  const servers = await startServers(quickForm.walMegabytes);
  const load = startLoad();
  let services: Idle[] = [];
  await step('the four services at rest', async (say) => {
    services = await measureIdle(servers, load, stops, say);
  });
  await stopAll();
  console.log(`\n${idleTable(services)}\n`);
  return idleVerdictsOf(services);
}

/** What an earlier slot has left in the page cache would be written during the next, and every commit would wait for it. */
const writeWhatIsLeft = (): Promise<unknown> => promisify(execFile)('sync');

/** Fresh each time: a table of an earlier run would make this one slower. */
async function startServers(walMegabytes: number): Promise<Servers> {
  rmSync(home, { recursive: true, force: true });
  const infra = await step('Kafka and Postgres', (say) => startLocalInfra({ dataDir: home, onProgress: say }));
  stops.push(() => infra.stop({ isDiscarded: true }));
  await step('Postgres as if it had run for a while', () => prepareWal(infra.postgresUrl, walMegabytes));
  return new Servers(infra, home);
}

function startLoad(): LoadClient {
  const load = new LoadClient();
  stops.push(() => load.stop());
  return load;
}

let stopping = Promise.resolve();

/** Whoever asks waits until everything has stopped, also what somebody else asked for: nothing may be left behind. */
function stopAll(): Promise<void> {
  stopping = stopping.then(async () => {
    for (let stop = stops.pop(); stop; stop = stops.pop()) {
      try {
        await stop();
      } catch (error) {
        console.error((error as Error).message);
        process.exitCode = 1;
      }
    }
  });
  return stopping;
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    console.log('\nStopping (this takes a few seconds)');
    process.exitCode = 130;
    void stopAll().then(() => process.exit());
  });
}
try {
  const settings = readSettings(process.argv.slice(2));
  if (settings) await run(settings);
  else console.log(usage);
} catch (error) {
  // Interrupted, whatever was going on fails: that is no news.
  if (process.exitCode !== 130) {
    console.error(`\n${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
} finally {
  await stopAll();
}
// Nothing is left to wait for; a client's idle connection must not keep the process.
process.exit();
