import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { NotificationFailedV1, NotificationSentV1 } from '@ordergate/contracts';
import { Database } from '@ordergate/database';
import { uuidV5 } from '@ordergate/http';
import { MessageSender, type SentMessage } from '@ordergate/messaging';
import { LOGGER, type Logger } from '@ordergate/observability';
import { loadUntoldOutcomes, markTold, type UntoldOutcome } from '../store/outcome.store.ts';

const namespace = '0b8f6c52-3f0e-5b1f-a1c7-2a4d4a6f9e35';
const pageSize = 100;
const lookEveryMs = 10_000;
const stopMsMax = 2_000;

/**
 * Publishes what became of notifications. No lane decides it, so no lane's log can carry it: the notification's own row is
 * the outbox, `told_at` says that the brokers have it. Told twice after a crash, it has the same id both times.
 */
@Injectable()
export class OutcomeTeller implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly database: Database;
  private readonly messages: MessageSender;
  private readonly logger: Logger;
  private working: Promise<void> | undefined;
  private isWanted = false;
  private isStopping = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(database: Database, messages: MessageSender, @Inject(LOGGER) logger: Logger) {
    this.database = database;
    this.messages = messages;
    this.logger = logger;
  }

  /** What a former process has left untold is found at the start, what another instance has, soon after. */
  onApplicationBootstrap(): void {
    this.tellSoon();
    this.timer = setInterval(() => this.tellSoon(), lookEveryMs);
    this.timer.unref();
  }

  /** Does not wait: with Kafka away mails are still sent. */
  tellSoon(): void {
    if (this.isStopping) return;
    this.isWanted = true;
    this.working ??= this.tellAll().finally(() => {
      this.working = undefined;
      if (this.isWanted) this.tellSoon();
    });
  }

  private async tellAll(): Promise<void> {
    try {
      while (this.isWanted) {
        this.isWanted = false;
        const outcomes = await loadUntoldOutcomes(this.database, pageSize);
        if (outcomes.length === 0) continue;
        await this.messages.send(outcomes.map(messageOf), outcomes.at(-1)!.settledAt);
        await markTold(this.database, outcomes);
        this.isWanted ||= outcomes.length === pageSize && !this.isStopping;
      }
    } catch (error) {
      this.isWanted = false;
      this.logger.warn(`Outcomes of notifications are told later: ${(error as Error).message}`);
    }
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.isStopping = true;
    clearInterval(this.timer);
    // With Kafka away a send waits for ever; what is untold then, the next process tells.
    let deadline: NodeJS.Timeout | undefined;
    await Promise.race([this.working, new Promise((resolve) => (deadline = setTimeout(resolve, stopMsMax)))]);
    clearTimeout(deadline);
  }
}

function messageOf(outcome: UntoldOutcome): SentMessage {
  const { notificationId, recipientId, orderId, traceparent, status } = outcome;
  const type = status === 'sent' ? 'NotificationSent.v1' : 'NotificationFailed.v1';
  return {
    topic: 'notifications',
    key: recipientId,
    type,
    id: uuidV5(namespace, `${type} ${notificationId}`),
    data: status === 'sent' ? sentData(outcome) : failedData(outcome),
    correlationId: orderId,
    ...(traceparent && { traceparent }),
  };
}

function commonData({ notificationId, recipientId, customerId, orderId, template, language, attempts }: UntoldOutcome) {
  return {
    notificationId,
    recipientId,
    customerId,
    orderId,
    template,
    channel: 'mail' as const,
    ...(language && { language }),
    attempts,
  };
}

const sentData = (outcome: UntoldOutcome): NotificationSentV1 => ({
  ...commonData(outcome),
  sentAt: outcome.settledAt.toISOString(),
});

const failedData = (outcome: UntoldOutcome): NotificationFailedV1 => ({
  ...commonData(outcome),
  // Servers repeat the address in their answer; it stays in this service.
  problem: (outcome.problem ?? 'unknown').replace(/[^\s<>"']+@[^\s<>"']+/g, '(address)').slice(0, 500),
  failedAt: outcome.settledAt.toISOString(),
});
