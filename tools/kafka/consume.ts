/** `npm run consume -- credit-decisions`: what comes on a topic, a line a message, until Ctrl-C. */
import { withKafkaAdmin } from '@ordergate/local-infra';
import { parseArgs } from 'node:util';
import { systemAddress } from '../demo/demo-state.ts';
import { TopicTail, type TailRecord } from '../replay/topic-tail.ts';

const usage = `npm run consume -- TOPIC [--from-beginning] [--count N]
Shows what comes on a topic (without its prefix), a line a message, until Ctrl-C or N messages. Of the running demo, or of KAFKA_BROKERS.`;

async function main(): Promise<number> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { 'from-beginning': { type: 'boolean', default: false }, count: { type: 'string' } },
  });
  const [topic] = positionals;
  const count = Number(values.count ?? Infinity);
  if (!topic || !(count > 0)) {
    console.log(usage);
    return 2;
  }
  const { brokers, prefix } = systemAddress();
  const name = `${prefix}${topic}`;
  const begin = values['from-beginning'] ? [] : await endsOf(brokers, name);
  const shown = new Promise<void>((resolve) => {
    let left = count;
    const show = (record: TailRecord): void => {
      if (left <= 0) return;
      console.log(lineOf(record));
      left -= 1;
      if (left === 0) resolve();
    };
    process.once('SIGINT', resolve);
    TopicTail.start(brokers, new Map([[name, begin]]), show).catch((error: Error) => {
      console.error(error.message);
      process.exit(1);
    });
  });
  await shown;
  return 0;
}

const endsOf = (brokers: string[], name: string): Promise<number[]> =>
  withKafkaAdmin(brokers, async (admin) => {
    const partitions = await admin.fetchTopicOffsets(name);
    return partitions.sort((a, b) => a.partition - b.partition).map(({ high }) => Number(high));
  });

function lineOf({ partition, message: { key, value, headers, offset } }: TailRecord): string {
  const type = String(headers?.['ce_type'] ?? '-');
  return `${partition}/${offset} ${type} ${String(key)} ${value === null ? 'null' : value.toString()}`;
}

try {
  // A tail that is still connected must not keep the process.
  process.exit(await main());
} catch (error) {
  console.error((error as Error).message);
  process.exit(1);
}
