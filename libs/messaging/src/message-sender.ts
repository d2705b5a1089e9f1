import { topicName, type Topic, writeEvent } from '@ordergate/contracts';
import type { Publisher } from './publisher.ts';

export interface SentMessage {
  topic: Topic;
  key: string;
  type: string;
  /** `ce_id`: the same id sent twice is one message to every reader. */
  id: string;
  data: object;
  correlationId: string;
  traceparent?: string;
}

/** Publishes what people ask for over HTTP: it becomes true when the message is handled, not before. */
export class MessageSender {
  private readonly publisher: Publisher;
  private readonly topicPrefix: string;
  private readonly source: string;

  constructor(publisher: Publisher, topicPrefix: string, source: string) {
    this.publisher = publisher;
    this.topicPrefix = topicPrefix;
    this.source = source;
  }

  /** Returns when the brokers have all of them. */
  async send(messages: readonly SentMessage[], at: Date): Promise<void> {
    await this.publisher.send(
      messages.map(({ topic, key, ...event }) => {
        const { headers, value } = writeEvent({ ...event, source: this.source, time: at.toISOString() });
        return { topic: topicName(this.topicPrefix, topic), key, value, headers };
      }),
    );
  }
}
