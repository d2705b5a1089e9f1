import { kafkaClient } from '@ordergate/local-infra';
import { setTimeout as pause } from 'node:timers/promises';

const askEveryMs = 50;

/** Milliseconds from now until a consumer group has committed beyond where it is now. @throws Error when it does not */
export async function nextCommitOf(brokers: string[], groupId: string, timeoutMs: number): Promise<number> {
  const admin = kafkaClient(brokers).admin();
  const startedAtMs = Date.now();
  await admin.connect();
  const committed = async (): Promise<bigint> => {
    const topics = await admin.fetchOffsets({ groupId });
    return topics.flatMap(({ partitions }) => partitions).reduce((sum, { offset }) => sum + BigInt(offset), 0n);
  };
  try {
    const before = await committed();
    while ((await committed()) <= before) {
      if (Date.now() - startedAtMs > timeoutMs)
        throw new Error(`${groupId} has handled nothing more within ${timeoutMs / 1_000} s`);
      await pause(askEveryMs);
    }
    return Date.now() - startedAtMs;
  } finally {
    await admin.disconnect();
  }
}
