import { Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { Database } from '@ordergate/database';
import { MessagingModule, OnBusinessDays, type MessagingSettings } from '@ordergate/messaging';
import { OnCreditDecisions } from './handlers/on-credit-decisions.ts';
import { OnCustomers } from './handlers/on-customers.ts';
import { NotificationsController } from './http/notifications.controller.ts';
import { RecipientsController } from './http/recipients.controller.ts';
import { TemplatesController } from './http/templates.controller.ts';
import { ConfiguredRecipients } from './sending/configured-recipients.ts';
import { MAIL_SETTINGS, type MailSettings } from './sending/mail-settings.ts';
import { MAIL_WAY, mailWay } from './sending/mail-way.ts';
import { MailSender } from './sending/mail-sender.ts';
import { OutcomeTeller } from './sending/outcome-teller.ts';

/** The only file that wires. */
@Module({})
export class NotificationModule implements OnApplicationShutdown {
  private readonly database: Database;

  constructor(database: Database) {
    this.database = database;
  }

  static with(settings: MessagingSettings, mail: MailSettings): DynamicModule {
    return {
      module: NotificationModule,
      global: true,
      imports: [MessagingModule.forService(settings)],
      controllers: [NotificationsController, RecipientsController, TemplatesController],
      providers: [
        { provide: Database, useFactory: () => Database.open(settings.databaseUrl, { name: settings.service }) },
        { provide: MAIL_SETTINGS, useValue: mail },
        { provide: MAIL_WAY, useFactory: () => mailWay(mail) },
        ConfiguredRecipients,
        MailSender,
        OutcomeTeller,
        OnCreditDecisions,
        OnCustomers,
        OnBusinessDays,
      ],
      exports: [Database],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.database.close();
  }
}
