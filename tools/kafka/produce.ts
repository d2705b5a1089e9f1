/** `npm run produce -- orders OrderPlaced.v1 '{…}'`: one message by hand, as another system would publish it. */
import { kafkaClient } from '@ordergate/local-infra';
import kafkajs from 'kafkajs';
import { randomUUID } from 'node:crypto';
import { systemAddress } from '../demo/demo-state.ts';
import { assertBuilt } from '../replay/assert-built.ts';

const usage = `npm run produce -- TOPIC TYPE 'JSON'
Publishes one message: npm run produce -- orders OrderPlaced.v1 '{"orderId": …}'. TOPIC is without its prefix. Goes to the running demo,
or to KAFKA_BROKERS and ORDERGATE_TOPIC_PREFIX. What does not fit its contract is sent as well: see what becomes of it.`;

async function main([topic, type, json]: string[]): Promise<number> {
  if (!topic || !type || !json) {
    console.log(usage);
    return 2;
  }
  assertBuilt();
  const { messageOf, parse, topicName, writeEvent } = await import('@ordergate/contracts');
  const data = JSON.parse(json) as Record<string, unknown>;
  const parsed = parse(type, data);
  for (const { field, problem } of parsed.ok ? [] : parsed.violations)
    console.error(`does not fit: ${field} ${problem}`);

  const { brokers, prefix } = systemAddress();
  const producer = kafkaClient(brokers).producer({
    allowAutoTopicCreation: false,
    createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
  });
  await producer.connect();
  const event = { id: randomUUID(), type, source: 'by-hand', time: new Date().toISOString(), data };
  const key = String(data[messageOf(type)?.key ?? 'customerId'] ?? '');
  await producer.send({ topic: topicName(prefix, topic), messages: [{ key, ...writeEvent(event) }] });
  await producer.disconnect();
  console.log(`${type} is on ${topicName(prefix, topic)}, key ${key}, ce_id ${event.id}`);
  return 0;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
