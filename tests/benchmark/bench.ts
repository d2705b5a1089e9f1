/** `npm run bench`: how fast the gate decides, beside the least that Kafka costs and the way it is usually done. */
import { applyTopics, readInfraState, startLocalInfra, type Infra } from '@ordergate/local-infra';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { home as parentHome } from '../../tools/demo/demo-state.ts';
import { step } from '../../tools/demo/screen.ts';
import type { Arm } from './arms/arm.ts';
import { startCeiling } from './arms/ceiling.ts';
import { oursPrefix, startOurs } from './arms/ours.ts';
import { sampleDecision } from './arms/sample-decision.ts';
import { LoadClient } from './load/load-client.ts';
import { measureSlot, type Measured, type ServerPids } from './measure-slot.ts';
import { figuresOf } from './report/figures.ts';
import { grouped, tableOf } from './report/table.ts';
import { longForm, quickForm, secondsOf, slotsOf, type Slot } from './slots.ts';

const usage = `npm run bench -- [--quick] [--json FILE] [--instances N] [--arms ours,ceiling] [--cpu-prof DIR]
  --quick      two short rounds instead of three long ones: at most 3 minutes
  --json       writes the figures to a file
  --instances  so many customer-credit processes (1)
  --arms       only these
  --cpu-prof   writes a CPU profile of each process of ours and of the ceiling`;

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'string' },
    instances: { type: 'string', default: '1' },
    arms: { type: 'string', default: 'ours,ceiling' },
    'cpu-prof': { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

const home = join(parentHome, 'bench');
const partitions = 12;
/** What has been started, to be stopped in the opposite order. */
const stops: (() => Promise<void> | void)[] = [];

async function run(): Promise<void> {
  const form = values.quick ? quickForm : longForm;
  const slots = slotsOf(form, values.arms.split(',') as Slot['arm'][]);
  console.log(`Ordergate benchmark: about ${Math.ceil(secondsOf(slots) / 60 + 1)} minutes`);
  rmSync(home, { recursive: true, force: true });
  const infra = await step('Kafka and Postgres', (say) => startLocalInfra({ dataDir: home, onProgress: say }));
  stops.push(() => infra.stop({ isDiscarded: true }));
  const load = new LoadClient();
  stops.push(() => load.stop());

  const arms = await startArms(infra, load);
  const { kafka, postgres } = readInfraState(home);
  const servers: ServerPids = { broker: kafka!.process!.pid, postgres: postgres!.process!.pid };
  const measured: Measured[] = [];
  for (const [at, slot] of slots.entries()) {
    const name = `${at + 1}/${slots.length} ${slot.arm}: ${slot.kind}${slot.plan.perSecond ? ` of ${slot.plan.perSecond}/s` : ''}`;
    measured.push(
      await step(name, async (say) => {
        const one = await measureSlot(slot, arms.get(slot.arm)!, load, servers);
        say(summaryOf(one));
        return one;
      }),
    );
  }
  const figures = figuresOf(measured);
  console.log(`\n${tableOf(figures)}`);
  if (values.json) writeFileSync(values.json, `${JSON.stringify(figures, null, 2)}\n`);
}

async function startArms({ brokers, postgresUrl }: Infra, load: LoadClient): Promise<Map<Slot['arm'], Arm>> {
  const broker = brokers[0]!;
  const profileDir = values['cpu-prof'];
  const arms = new Map<Slot['arm'], Arm>();
  async function add(arm: Arm): Promise<void> {
    stops.push(() => arm.stop());
    arms.set(arm.name, arm);
    const { ordersTopic, decisionsTopic } = arm;
    const decisionsFrom = Array.from({ length: partitions }, () => 0);
    await load.open(arm.name, { broker, ordersTopic, decisionsTopic, partitions, decisionsFrom }, 1);
  }
  const ours = await step(`customer-credit with its customers`, async () => {
    await applyTopics({ brokers, prefix: oursPrefix });
    return startOurs({ brokers, postgresUrl, home, instances: Number(values.instances), profileDir });
  });
  await add(ours);
  const decision = await step('a decision as a pattern', async () => {
    await load.run('ours', { perSecond: 100, rampSeconds: 0, seconds: 1, isHot: false });
    return sampleDecision(broker, ours.decisionsTopic, partitions);
  });
  const ceiling = await step('ceiling', async () => {
    const topics = ['orders', 'credit-decisions'].map((name) => ({ name, partitions, settings: {} }));
    await applyTopics({ brokers, prefix: 'ceiling.', topics });
    const task = {
      ...{ broker, ordersTopic: 'ceiling.orders', decisionsTopic: 'ceiling.credit-decisions' },
      ...{ groupId: 'ceiling', decision },
    };
    return startCeiling(task, profileDir ? ['--cpu-prof', `--cpu-prof-dir=${profileDir}`] : []);
  });
  await add(ceiling);
  return arms;
}

function summaryOf({ perSecond, latencyMs, approvedShare, cpuMicros: cpu, residentBytesMax }: Measured): string {
  const micros = Object.entries(cpu).map(([name, value]) => `${name} ${value.toFixed(1)}`);
  return [
    `${grouped(perSecond)}/s`,
    ...(latencyMs ? [`p50 ${latencyMs.p50} p99 ${latencyMs.p99} max ${latencyMs.max} ms`] : []),
    `${(approvedShare * 100).toFixed(1)} % approved`,
    `CPU µs an order: ${micros.join(', ')}`,
    `${Math.round(residentBytesMax / 1_048_576)} MB`,
  ].join('; ');
}

async function stopAll(): Promise<void> {
  for (const stop of stops.splice(0).reverse()) {
    await Promise.resolve(stop()).catch((error: Error) => console.error(error.message));
  }
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void stopAll().finally(() => process.exit(130)));
}
try {
  if (values.help) console.log(usage);
  else await run();
} catch (error) {
  console.error(`\n${String((error as Error).stack ?? error)}`);
  process.exitCode = 1;
} finally {
  await stopAll();
}
process.exit();
