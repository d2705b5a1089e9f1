import { Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { Database } from '@ordergate/database';
import { MessagingModule, type MessagingSettings } from '@ordergate/messaging';
import { CustomerJobs } from './customer-jobs.ts';
import { OnBusinessDays } from './handlers/on-business-days.ts';
import { OnCollectionCommands } from './handlers/on-collection-commands.ts';
import { OnCustomers } from './handlers/on-customers.ts';
import { OnPolicies } from './handlers/on-policies.ts';
import { OnReceivables } from './handlers/on-receivables.ts';
import { AgeingController } from './http/ageing.controller.ts';
import { Commitments } from './http/commitments.ts';
import { CommitmentsController } from './http/commitments.controller.ts';
import { DocumentsController } from './http/documents.controller.ts';
import { DunningRunsController } from './http/dunning-runs.controller.ts';
import { OpenItemsController } from './http/open-items.controller.ts';
import { Postings } from './http/postings.ts';
import { PostingsController } from './http/postings.controller.ts';
import { StandingController } from './http/standing.controller.ts';

/** The only file that wires. */
@Module({})
export class CollectionsModule implements OnApplicationShutdown {
  private readonly database: Database;

  constructor(database: Database) {
    this.database = database;
  }

  static with(settings: MessagingSettings): DynamicModule {
    return {
      module: CollectionsModule,
      global: true,
      imports: [MessagingModule.forService(settings)],
      controllers: [
        ...[PostingsController, DocumentsController, OpenItemsController, AgeingController],
        ...[StandingController, CommitmentsController, DunningRunsController],
      ],
      providers: [
        { provide: Database, useFactory: () => Database.open(settings.databaseUrl, { name: settings.service }) },
        OnCustomers,
        OnReceivables,
        OnCollectionCommands,
        OnBusinessDays,
        OnPolicies,
        CustomerJobs,
        Postings,
        Commitments,
      ],
      exports: [Database],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.database.close();
  }
}
