import type { Admin, KafkaJSProtocolError } from 'kafkajs';
import { setTimeout as pause } from 'node:timers/promises';

const triesMax = 100;
const askAgainMs = 50;

/** Offset after the last record of each partition (the index). A partition that has just been made or moved has no leader for a moment. */
export async function endsOf(admin: Admin, topic: string): Promise<number[]> {
  for (let tries = 1; ; tries += 1) {
    try {
      const partitions = await admin.fetchTopicOffsets(topic);
      return partitions.sort((a, b) => a.partition - b.partition).map(({ high }) => Number(high));
    } catch (error) {
      if (!(error as KafkaJSProtocolError).retriable || tries === triesMax) throw error;
      await pause(askAgainMs);
    }
  }
}
