import { setTimeout as pause } from 'node:timers/promises';
import type { Sql } from '@ordergate/database';
import type { Logger } from '@ordergate/observability';
import { renderMail } from '../rendering/render-mail.ts';
import { templateLanguage } from '../rendering/templates.ts';
import { postponeNotification, settleNotification, type DueNotification } from '../store/delivery.store.ts';
import type { MailSettings } from './mail-settings.ts';
import { composeMail, type Mail } from './mail.ts';
import type { Attempt, MailWay } from './mail-way.ts';

/** A mail that may have arrived is repeated once; after a second attempt without an answer it is given up. */
const unknownAttemptsMax = 2;
const retrySecondsMax = 1_800;
const recordEveryMs = 500;

/** One attempt to send one notification: write the mail, hand it over, write down what became of it. */
export class SendNotification {
  private readonly sql: Sql;
  private readonly way: MailWay;
  private readonly settings: MailSettings;
  private readonly logger: Logger;
  private readonly stopping: AbortSignal;

  constructor(sql: Sql, way: MailWay, settings: MailSettings, logger: Logger, stopping: AbortSignal) {
    this.sql = sql;
    this.way = way;
    this.settings = settings;
    this.logger = logger;
    this.stopping = stopping;
  }

  /** Never throws: what cannot be written down stays open, and the attempt counts as one without an answer. */
  async run(due: DueNotification): Promise<void> {
    const giveUpAtMs = Date.now() + this.settings.attemptSeconds * 1_000;
    const attempt = await this.attempt(due);
    for (;;) {
      try {
        return await this.record(due, attempt);
      } catch (error) {
        this.logger.warn(
          `The outcome "${attempt.outcome}" of notification ${due.notificationId} could not be recorded: ${(error as Error).message}`,
        );
      }
      // Recorded late is better than sent twice; but past its time the attempt belongs to whoever takes it next.
      if (this.stopping.aborted || Date.now() + recordEveryMs > giveUpAtMs) return;
      await pause(recordEveryMs);
    }
  }

  private async attempt(due: DueNotification): Promise<Attempt> {
    if (due.unknownAttempts >= unknownAttemptsMax) {
      return {
        outcome: 'refused',
        because: 'The server’s answer was lost twice; it may have arrived and is not sent again',
      };
    }
    let mail: Mail;
    try {
      mail = await this.write(due);
    } catch (error) {
      this.logger.error({ error }, `Notification ${due.notificationId} cannot be written`);
      return { outcome: 'refused', because: `The mail cannot be written: ${(error as Error).message}` };
    }
    return this.way.send(mail);
  }

  private write({ notificationId, email, recipientName, unknownAttempts, ...due }: DueNotification): Promise<Mail> {
    const { from, timeZone } = this.settings;
    const to = { name: recipientName, address: email };
    const text = renderMail(due.template, due.language, { ...due, recipientName, timeZone });
    return composeMail({ notificationId, from, to, isPossibleRepeat: unknownAttempts > 0 }, text);
  }

  private async record(due: DueNotification, attempt: Attempt): Promise<void> {
    const language = templateLanguage(due.language);
    if (attempt.outcome === 'sent')
      return settleNotification(this.sql, due, { status: 'sent', sentTo: due.email, language });
    if (attempt.outcome === 'recorded') return settleNotification(this.sql, due, { status: 'recorded', language });

    const problem = attempt.because;
    const isLast = due.attempts >= this.settings.attemptsMax;
    if (attempt.outcome === 'refused' || isLast)
      return settleNotification(this.sql, due, { status: 'failed', language, problem });

    const retrySeconds = Math.min(this.settings.retrySeconds * 2 ** (due.attempts - 1), retrySecondsMax);
    return postponeNotification(this.sql, due, retrySeconds, problem, attempt.outcome === 'unknown');
  }
}
