import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Database } from '@ordergate/database';
import { HealthState, LOGGER, type Logger } from '@ordergate/observability';
import { takeDueNotifications, type DueNotification } from '../store/delivery.store.ts';
import { MAIL_SETTINGS, type MailSettings } from './mail-settings.ts';
import { MAIL_WAY, type MailWay } from './mail-way.ts';
import { OutcomeTeller } from './outcome-teller.ts';
import { SendNotification } from './send-notification.ts';

const atOnce = 4;
/** With the outcome teller’s look every 10 s less than one query a second. */
const lookEveryMs = 1_200;
/** Time for the transaction that has added notifications to commit; if it takes longer, the next look finds them. */
const commitMs = 25;

/**
 * Sends what is due, a few at a time; an idle one asks the database about once a second. Any number of instances may run: a
 * notification is taken by one of them.
 */
@Injectable()
export class MailSender implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly database: Database;
  private readonly settings: MailSettings;
  private readonly way: MailWay;
  private readonly teller: OutcomeTeller;
  private readonly logger: Logger;
  /** Why nothing can be taken at the moment. */
  private trouble: string | null = null;
  private timer: NodeJS.Timeout | undefined;
  private nextLookAtMs = Infinity;
  private working: Promise<void> | undefined;
  private readonly stopping = new AbortController();

  constructor(
    database: Database,
    @Inject(MAIL_SETTINGS) settings: MailSettings,
    @Inject(MAIL_WAY) way: MailWay,
    teller: OutcomeTeller,
    health: HealthState,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.database = database;
    this.settings = settings;
    this.way = way;
    this.teller = teller;
    this.logger = logger;
    health.register('mail sender', () => this.trouble);
  }

  onApplicationBootstrap(): void {
    this.logger.info(this.way.description);
    this.lookIn(0);
  }

  /** Something may be due in a moment: called in the transaction that adds it, since nobody is told of commits. */
  wakeSoon(): void {
    this.lookIn(commitMs);
  }

  private lookIn(delayMs: number): void {
    const atMs = Date.now() + delayMs;
    if (this.stopping.signal.aborted || this.working || atMs >= this.nextLookAtMs) return;
    clearTimeout(this.timer);
    this.nextLookAtMs = atMs;
    this.timer = setTimeout(() => {
      this.working = this.sendAllDue().finally(() => {
        this.working = undefined;
        this.nextLookAtMs = Infinity;
        this.lookIn(lookEveryMs);
      });
    }, delayMs);
  }

  private async sendAllDue(): Promise<void> {
    try {
      for (let due = await this.take(); due.length > 0; due = await this.take()) {
        const sending = new SendNotification(this.database, this.way, this.settings, this.logger, this.stopping.signal);
        await Promise.all(due.map((notification) => sending.run(notification)));
        this.teller.tellSoon();
      }
      this.trouble = null;
    } catch (error) {
      const trouble = `due notifications cannot be taken: ${(error as Error).message}`;
      // Said once, not every second of an outage.
      if (trouble !== this.trouble) this.logger.error({ error }, `Mails are not sent, ${trouble}`);
      this.trouble = trouble;
    }
  }

  private async take(): Promise<DueNotification[]> {
    if (this.stopping.signal.aborted) return [];
    return takeDueNotifications(this.database, atOnce, this.settings.attemptSeconds);
  }

  /** Mails on their way are awaited; the rest is sent by the next process. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    clearTimeout(this.timer);
    await this.working;
  }
}
