import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '@ordergate/database';
import { LOGGER, type Logger } from '@ordergate/observability';
import { financeRecipientId, saveConfiguredRecipient } from '../store/recipient.store.ts';
import { MAIL_SETTINGS, type MailSettings } from './mail-settings.ts';

/** Puts finance among the recipients before the first message is handled, so that it has preferences like any other. */
@Injectable()
export class ConfiguredRecipients implements OnModuleInit {
  private readonly database: Database;
  private readonly settings: MailSettings;
  private readonly logger: Logger;

  constructor(database: Database, @Inject(MAIL_SETTINGS) settings: MailSettings, @Inject(LOGGER) logger: Logger) {
    this.database = database;
    this.settings = settings;
    this.logger = logger;
  }

  async onModuleInit(): Promise<void> {
    const { financeMail, financeLanguage } = this.settings;
    if (financeMail) await saveConfiguredRecipient(this.database, financeRecipientId, financeMail, financeLanguage);
    else
      this.logger.warn(
        'ORDERGATE_FINANCE_MAIL is not set: finance is told of holds only if somebody has put the recipient "finance"',
      );
  }
}
