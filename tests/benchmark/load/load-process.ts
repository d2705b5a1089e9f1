/** The load as a process of its own: takes orders over IPC, publishes them, reads the decisions. */
import { partitionOf } from '@ordergate/messaging';
import { KafkaConnection } from './kafka-connection.ts';
import { LoadRun, type LoadPlan, type LoadResult } from './load-run.ts';
import { customerCount, customerIdOf, Orders } from './orders.ts';
import { TopicTail, TopicWriter } from './topic-io.ts';

/** Where the orders of an arm go and where its decisions come from. */
export interface LoadTarget {
  broker: string;
  ordersTopic: string;
  decisionsTopic: string;
  partitions: number;
  /** Where the decisions end now, by partition. */
  decisionsFrom: number[];
}

export type ToLoad =
  { kind: 'open'; arm: string; target: LoadTarget; seed: number } | { kind: 'run'; arm: string; plan: LoadPlan };
export type FromLoad =
  | { kind: 'opened' | 'measuring' | 'measured' }
  | { kind: 'done'; result: LoadResult }
  | { kind: 'failed'; message: string };

interface OpenArm {
  orders: Orders;
  writer: TopicWriter;
  partitions: Uint8Array;
  nextNumber: number;
  run: LoadRun | undefined;
}

const arms = new Map<string, OpenArm>();
const say = (message: FromLoad): void => void process.send?.(message);
const fail = (error: unknown): void => say({ kind: 'failed', message: String((error as Error).stack ?? error) });

async function open(
  arm: string,
  { broker, ordersTopic, decisionsTopic, partitions, decisionsFrom }: LoadTarget,
  seed: number,
) {
  const [writing, reading] = await Promise.all([KafkaConnection.open(broker), KafkaConnection.open(broker)]);
  const opened: OpenArm = {
    orders: new Orders(seed),
    writer: new TopicWriter(writing, ordersTopic),
    partitions: Uint8Array.from({ length: customerCount }, (_, customer) =>
      partitionOf(customerIdOf(customer), partitions),
    ),
    nextNumber: 1,
    run: undefined,
  };
  arms.set(arm, opened);
  new TopicTail(reading, decisionsTopic, decisionsFrom)
    .run(
      () => opened.run?.patience ?? { bytesMin: 1, waitMsMax: 500 },
      (bytes, start, end) => opened.run?.undecided.take(bytes, start, end, performance.now()),
      () => opened.run?.onFetched(),
    )
    .catch(fail);
}

async function run(arm: string, plan: LoadPlan): Promise<void> {
  const opened = arms.get(arm)!;
  const { orders, writer, partitions, nextNumber } = opened;
  const loadRun = (opened.run = new LoadRun(plan, orders, writer, partitions, nextNumber));
  const result = await loadRun.run({
    onBegin: () => say({ kind: 'measuring' }),
    onEnd: () => say({ kind: 'measured' }),
  });
  opened.nextNumber += result.published;
  opened.run = undefined;
  say({ kind: 'done', result });
}

process.on('message', (message: ToLoad) => {
  if (message.kind === 'run') run(message.arm, message.plan).catch(fail);
  else open(message.arm, message.target, message.seed).then(() => say({ kind: 'opened' }), fail);
});
// The benchmark is gone: nobody hears us any more.
process.on('disconnect', () => process.exit());
