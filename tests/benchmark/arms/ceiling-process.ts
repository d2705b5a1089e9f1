/**
 * The ceiling: the same consume → produce, with neither database nor rules, written as well as kafkajs lets one. Batches of
 * all partitions wait for one sender, which sends them together; bytes are made once and reused.
 */
import { setFlagsFromString } from 'node:v8';
import { kafkaClient } from '@ordergate/local-infra';
import kafkajs, { type KafkaMessage, type Message } from 'kafkajs';
import { orderIdMark, orderNumberDigits } from '../load/orders.ts';

export interface CeilingTask {
  broker: string;
  ordersTopic: string;
  decisionsTopic: string;
  groupId: string;
  /** A decision of the gate: what goes out has its size, and its headers. */
  decision: { value: string; headers: Record<string, string> };
}

interface Waiting {
  messages: Message[];
  sent: () => void;
  failed: (error: unknown) => void;
}

// Beyond, kafkajs' grouping by partition, which copies an array for every message, begins to show.
const messagesPerSend = 500;

// As our services do: what V8 is told is no part of what is compared.
setFlagsFromString('--no-allocation-site-pretenuring');

async function start({ broker, ordersTopic, decisionsTopic, groupId, decision }: CeilingTask): Promise<void> {
  const kafka = kafkaClient([broker], { clientId: 'ceiling' });
  const producer = kafka.producer({
    allowAutoTopicCreation: false,
    createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
  });
  const consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 500, allowAutoTopicCreation: false });
  await Promise.all([producer.connect(), consumer.connect()]);
  const answer = answering(decision);
  const waiting: Waiting[] = [];
  let isSending = false;

  async function sendAll(): Promise<void> {
    isSending = true;
    while (waiting.length > 0) {
      const group: Waiting[] = [];
      for (let size = 0; waiting.length > 0 && size < messagesPerSend;) {
        group.push(waiting[0]!);
        size += waiting.shift()!.messages.length;
      }
      try {
        await producer.send({ topic: decisionsTopic, acks: -1, messages: group.flatMap(({ messages }) => messages) });
        for (const { sent } of group) sent();
      } catch (error) {
        for (const { failed } of group) failed(error);
      }
    }
    isSending = false;
  }
  const send = (messages: Message[]): Promise<void> =>
    new Promise((sent, failed) => {
      waiting.push({ messages, sent, failed });
      if (!isSending) void sendAll();
    });

  await consumer.subscribe({ topics: [ordersTopic], fromBeginning: true });
  await consumer.run({
    eachBatchAutoResolve: false,
    autoCommitInterval: 200,
    partitionsConsumedConcurrently: 12,
    eachBatch: async ({ batch: { messages, partition }, resolveOffset, commitOffsetsIfNecessary, heartbeat }) => {
      for (let from = 0; from < messages.length; from += messagesPerSend) {
        const page = messages.slice(from, from + messagesPerSend);
        await send(page.map((message) => ({ ...answer(message), partition })));
        resolveOffset(page.at(-1)!.offset);
        await commitOffsetsIfNecessary();
        await heartbeat();
      }
    },
  });
}

/** An answer of a decision's size to an order: its key, its number, and eight headers. */
function answering({ value, headers }: CeilingTask['decision']): (order: KafkaMessage) => Message {
  const template = Buffer.from(value);
  const numberAt = template.indexOf(orderIdMark) + orderIdMark.length;
  const fixed = Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, Buffer.from(text)]));
  return ({ key, headers: told }) => {
    const bytes = Buffer.from(template);
    const orderId = told!['ce_correlationid'] as Buffer;
    orderId.copy(bytes, numberAt, orderId.length - orderNumberDigits);
    const id = told!['ce_id'] as Buffer;
    return {
      key,
      value: bytes,
      headers: { ...fixed, ce_id: id, ce_time: told!['ce_time'], ce_correlationid: orderId, ce_causationid: id },
    };
  };
}

process.on('message', (task: CeilingTask) => {
  start(task).then(
    () => process.send!({ kind: 'started' }),
    (error: Error) => {
      process.stderr.write(`${error.stack}\n`);
      process.exit(1);
    },
  );
});
process.on('disconnect', () => process.exit());
