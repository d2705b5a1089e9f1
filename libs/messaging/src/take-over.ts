import type { LaneConnection } from '@ordergate/database';
import type { Logger } from '@ordergate/observability';
import type { LoggedMessage } from './outgoing-log.ts';
import { Fenced, publishLeftovers, raiseEpochs, type OwnedPartition } from './ownership.ts';
import { parkedQueues } from './parked-messages.ts';
import { ParkedQueues } from './parked-queues.ts';

interface Claim {
  /** False as soon as the group has given out other partitions: then nothing is raised any more. */
  isWanted: () => boolean;
  send: (messages: LoggedMessage[]) => Promise<void>;
  logger: Logger;
}

/** Becomes the owner of partitions: raises their epochs, sends what the owner before us left, learns who is parked. */
export async function claim(
  connection: LaneConnection,
  consumer: string,
  partitions: readonly number[],
  before: ReadonlyMap<number, OwnedPartition>,
  { isWanted, send, logger }: Claim,
): Promise<{ owned: Map<number, OwnedPartition>; parked: ParkedQueues }> {
  // Raising what is another's by now would fence its rightful owner.
  if (!isWanted()) throw new Fenced(partitions);
  const raised = await raiseEpochs(connection, consumer, partitions);
  const parked = new ParkedQueues();
  for (const { customerId, topic } of await parkedQueues(connection, consumer, partitions))
    parked.add(customerId, topic);
  for (const row of raised) {
    keepOwnProgress(row, before.get(row.partition));
    const sent = await publishLeftovers(connection, consumer, row, send);
    if (sent > 0)
      logger.info(
        `Published ${sent} messages that the former owner of partition ${row.partition} had written and perhaps not sent`,
      );
  }
  return { owned: new Map(raised.map((row) => [row.partition, row])), parked };
}

/** A partition that stayed ours: what we have sent since we last wrote it down is not sent again. */
function keepOwnProgress(row: OwnedPartition, before: OwnedPartition | undefined): void {
  if (before && before.epoch + 1n === row.epoch && before.published > row.published && before.published <= row.position)
    row.published = before.published;
}
