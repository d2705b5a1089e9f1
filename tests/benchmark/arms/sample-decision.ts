import { KafkaConnection } from '../load/kafka-connection.ts';
import { TopicTail } from '../load/topic-io.ts';

export interface DecisionSample {
  value: string;
  headers: Record<string, string>;
}

/** An approving decision as the gate writes it: what the other arms answer with has its size. */
export async function sampleDecision(broker: string, topic: string, partitions: number): Promise<DecisionSample> {
  const connection = await KafkaConnection.open(broker);
  const offsets = Array.from({ length: partitions }, () => 0);
  const tail = new TopicTail(connection, topic, offsets);
  const value = await new Promise<string>((found, failed) => {
    setTimeout(() => failed(new Error('The gate approves no order of the benchmark.')), 20_000).unref();
    const take = (bytes: Buffer, start: number, end: number): void => {
      const text = bytes.toString('utf8', start, end);
      if (text.includes('"reasons":[]')) found(text);
    };
    tail
      .run(
        () => ({ bytesMin: 1, waitMsMax: 500 }),
        take,
        () => {},
      )
      .catch(failed);
  });
  tail.stop();
  return {
    value,
    headers: {
      ce_specversion: '1.0',
      ce_id: '',
      ce_type: 'OrderApproved.v1',
      ce_source: 'ordergate/customer-credit',
      ce_time: '',
      'content-type': 'application/json',
    },
  };
}
