import { applyTopics } from '@ordergate/local-infra';
import { step } from '../../../tools/demo/screen.ts';
import type { LoadClient } from '../load/load-client.ts';
import type { Arm, Stop } from './arm.ts';
import { startCeiling } from './ceiling.ts';
import { fullPolicy } from './full-policy.ts';
import { startOurs, type OurArm } from './ours.ts';
import { pool } from './pool.ts';
import { sampleDecision } from './sample-decision.ts';
import { benchmarkPolicy, partitions, type Servers } from './servers.ts';
import { startUsual } from './usual.ts';

export interface ArmsWanted {
  names: readonly Arm['name'][];
  /** Of customer-credit. */
  instances: number;
  /** Where CPU profiles go, if they are wanted. */
  profileDir: string | undefined;
}

const ours: OurArm = { name: 'ours', policyFile: benchmarkPolicy };

/** Every arm gets the same orders from the same seed. */
const seed = 1;
const firstOrders = { perSecond: 100, rampSeconds: 0, seconds: 1, isHot: false, undecidedMax: 20_000 };

/** Starts what is compared; ours always, since the ceiling answers with what it decides. @param stops hears how to stop them */
export async function startArms(
  servers: Servers,
  load: LoadClient,
  { names, instances, profileDir }: ArmsWanted,
  stops: Stop[],
): Promise<Map<Arm['name'], Arm>> {
  const { brokers, postgresUrl } = servers;
  const arms = new Map<Arm['name'], Arm>();
  async function add(name: string, start: () => Promise<Arm>): Promise<Arm> {
    const arm = await step(name, start);
    arms.set(arm.name, arm);
    await load.open(arm.name, servers.target(arm.ordersTopic, arm.decisionsTopic), seed);
    return arm;
  }

  const addOurs = (name: string, arm: OurArm): Promise<Arm> =>
    add(name, () => startOurs(servers, arm, { instances, profileDir }, stops));

  const { decisionsTopic } = await addOurs('customer-credit with its customers', ours);
  if (names.includes('full-policy')) await addOurs('the same under the full policy', fullPolicy);
  if (names.includes('pool')) await addOurs('the same with credit groups', pool);
  const broker = brokers[0]!;
  const decision = await step('first decisions', async () => {
    await load.run('ours', firstOrders);
    return sampleDecision(broker, decisionsTopic, partitions);
  });
  if (names.includes('ceiling')) {
    const topics = await topicsOf(brokers, 'ceiling.');
    const profile = profileDir ? ['--cpu-prof', `--cpu-prof-dir=${profileDir}`] : [];
    await add('ceiling', () => startCeiling({ broker, ...topics, groupId: 'ceiling', decision }, profile, stops));
  }
  if (names.includes('usual')) {
    const topics = await topicsOf(brokers, 'usual.');
    await add('usual way', () => startUsual({ broker, postgresUrl, ...topics }, stops));
  }
  return arms;
}

async function topicsOf(brokers: string[], prefix: string): Promise<{ ordersTopic: string; decisionsTopic: string }> {
  const names = ['orders', 'credit-decisions'];
  await applyTopics({ brokers, prefix, topics: names.map((name) => ({ name, partitions, settings: {} })) });
  return { ordersTopic: `${prefix}orders`, decisionsTopic: `${prefix}credit-decisions` };
}
