/** `npm run topics -- apply|diff [--prefix ordergate.] [--brokers host:port,…]` */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runningInfra } from '../infra-state.ts';
import { kafkaLogin } from '../kafka/kafka-login.ts';
import { projectRoot } from '../project-root.ts';
import { applyTopics, diffTopics } from './apply-topics.ts';
import type { TopicsTarget } from './apply-topics.ts';
import { describeChange, describeDifference } from './compare-topics.ts';
import { readTopics } from './topics-file.ts';

const usage = 'Usage: npm run topics -- apply|diff [--prefix ordergate.] [--brokers host:port,…]';

/** @returns the exit code: 0 all as declared, 1 something differs (and stays so), 2 not understood */
async function main(): Promise<number> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { prefix: { type: 'string' }, brokers: { type: 'string' } },
  });
  const [command] = positionals;
  if (positionals.length !== 1 || (command !== 'apply' && command !== 'diff')) {
    console.error(usage);
    return 2;
  }
  const prefix = values.prefix ?? process.env['ORDERGATE_TOPIC_PREFIX'] ?? 'ordergate.';
  const target = { brokers: brokersOf(values.brokers), prefix, topics: readTopics(), settings: kafkaLogin() };

  return command === 'apply' ? apply(target) : diff(target);
}

async function apply(target: TopicsTarget): Promise<number> {
  const differences = await applyTopics(target);
  for (const difference of differences) console.log(describeChange(difference));
  if (differences.length === 0) console.log('all topics are as declared');

  return differences.some(({ kind }) => kind === 'too-many-partitions') ? 1 : 0;
}

async function diff(target: TopicsTarget): Promise<number> {
  const differences = await diffTopics(target);
  for (const difference of differences) console.log(describeDifference(difference));
  if (differences.length === 0) console.log('all topics are as declared');

  return differences.length === 0 ? 0 : 1;
}

/** The ones named, else those of the local servers that run just now. */
function brokersOf(option: string | undefined): string[] {
  const named = option ?? process.env['KAFKA_BROKERS'];
  const brokers =
    named?.split(',').map((broker) => broker.trim()) ?? runningInfra(join(projectRoot, '.ordergate'))?.brokers;
  if (!brokers)
    throw new Error('No broker: name one with --brokers or KAFKA_BROKERS, or start the local one (npm start).');

  return brokers;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 2;
}
