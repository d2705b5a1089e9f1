import { topicName, writeEvent, type HeaderValue } from '@ordergate/contracts';
import { kafkaClient } from '@ordergate/local-infra';
import kafkajs from 'kafkajs';
import type { Producer } from 'kafkajs';
import { kafkaLogin } from '../../infra/local/src/kafka/kafka-login.ts';
import { addressOf } from './check-plan.ts';
import type { PlannedMessage } from './plan-days.ts';

/** In order and once, as a careful sender does it. */
export const eventProducer = (brokers: string[]): Producer =>
  kafkaClient(brokers, kafkaLogin()).producer({
    idempotent: true,
    maxInFlightRequests: 1,
    allowAutoTopicCreation: false,
    createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
  });

export interface EventOnTopic {
  topic: string;
  key: string;
  headers: Record<string, HeaderValue>;
  value: Buffer;
}

/** A message as the record that says it. */
export function eventOnTopic(message: PlannedMessage, source: string, prefix: string): EventOnTopic {
  const { topic, key } = addressOf(message.type, message.data);
  return { topic: topicName(prefix, topic), key, ...writeEvent({ ...message, source }) };
}
