import { failureKind, type LaneConnection } from '@ordergate/database';
import type { Logger } from '@ordergate/observability';
import type { LaneHandlers, SpecialTreatment } from './chunk-transaction.ts';
import type { Decoded } from './decode.ts';
import { Fenced } from './ownership.ts';
import {
  discardWanted,
  isParked,
  keepParked,
  loadParked,
  parkedQueues,
  type ParkedMessage,
  type ParkedQueue,
} from './parked-messages.ts';
import type { ParkedQueues } from './parked-queues.ts';

interface ParkedRetryOptions {
  consumer: string;
  connection: LaneConnection;
  handlers: LaneHandlers;
  logger: Logger;
  commit: (decoded: Decoded[], partitions: number[], special: SpecialTreatment) => Promise<void>;
}

const messagesAtOnce = 200;

/** Does what people want done with parked messages, and what follows from it: queues that no longer wait for anything. */
export class ParkedRetry {
  private readonly options: ParkedRetryOptions;

  constructor(options: ParkedRetryOptions) {
    this.options = options;
  }

  /** Looks at the parked messages of these partitions; throws what is an outage or another owner's. */
  async run(partitions: readonly number[], parked: ParkedQueues): Promise<void> {
    const { connection, consumer, handlers } = this.options;
    const queues = await parkedQueues(connection, consumer, partitions);
    for (const queue of queues.filter(({ discardIsWanted }) => discardIsWanted)) await this.discard(queue, parked);
    // What is decided on all facts comes after the facts.
    const factsFirst = queues.toSorted((a, b) => rank(a, handlers) - rank(b, handlers));
    for (const queue of factsFirst) if (parked.has(queue.customerId, queue.topic)) await this.lookAt(queue, parked);
  }

  private async discard(queue: ParkedQueue, parked: ParkedQueues): Promise<void> {
    const { connection, consumer } = this.options;
    await discardWanted(connection, consumer, new Date(), queue);
    if (await isParked(connection, consumer, queue)) {
      const [fresh] = (await parkedQueues(connection, consumer, [queue.partition])).filter(
        ({ customerId, topic }) => customerId === queue.customerId && topic === queue.topic,
      );
      queue.onlyWaits = fresh?.onlyWaits ?? false;
    } else parked.remove(queue.customerId, queue.topic);
  }

  private async lookAt(queue: ParkedQueue, parked: ParkedQueues): Promise<void> {
    const { connection, consumer, handlers } = this.options;
    if (handlers.needAllFacts.has(queue.topic) && parked.countOf(queue.customerId) > 1) {
      if (queue.retryIsWanted) await keepParked(connection, consumer, queue, null);
      return;
    }
    if (queue.retryIsWanted || queue.onlyWaits) await this.retry(queue);
  }

  /** From the oldest on, in order, until the queue is empty or one fails again. */
  private async retry(queue: ParkedQueue): Promise<void> {
    const { connection, consumer, logger } = this.options;
    for (;;) {
      const messages = await loadParked(connection, consumer, queue, messagesAtOnce);
      if (messages.length === 0) return;
      if (!(await this.handled(queue, messages)) && !(await this.oneByOne(queue, messages))) return;
      logger.info(`${messages.length} parked messages of ${queue.customerId} on ${queue.topic} were handled`);
    }
  }

  private async oneByOne(queue: ParkedQueue, messages: readonly ParkedMessage[]): Promise<boolean> {
    for (const message of messages) if (!(await this.handled(queue, [message]))) return false;
    return true;
  }

  private async handled(queue: ParkedQueue, messages: ParkedMessage[]): Promise<boolean> {
    const { handlers, commit, connection, consumer } = this.options;
    const decoded = messages.map(({ record, partition }) => handlers.decodeParked(record, partition));
    try {
      await commit(decoded, [queue.partition], { ending: { queue, messages } });
      return true;
    } catch (error) {
      if (error instanceof Fenced || failureKind(error) === 'outage') throw error;
      if (messages.length === 1) await keepParked(connection, consumer, queue, (error as Error).message);
      return false;
    }
  }
}

function rank({ topic }: ParkedQueue, { needAllFacts }: LaneHandlers): number {
  return needAllFacts.has(topic) ? 1 : 0;
}
