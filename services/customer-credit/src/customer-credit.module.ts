import { Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { Database } from '@ordergate/database';
import { MessagingModule, type MessagingSettings } from '@ordergate/messaging';
import { BusinessDayScheduler, CALENDAR_SETTINGS, type CalendarSettings } from './business-day-scheduler.ts';
import { DecisionFigures } from './decision-figures.ts';
import { OnBusinessDays } from './handlers/on-business-days.ts';
import { OnCollections } from './handlers/on-collections.ts';
import { OnCreditCommands } from './handlers/on-credit-commands.ts';
import { OnCustomers } from './handlers/on-customers.ts';
import { OnOrders } from './handlers/on-orders.ts';
import { OnReceivables } from './handlers/on-receivables.ts';
import { HoldsToldAgain } from './holds-told-again.ts';
import { CreditAccountsController } from './http/credit-accounts.controller.ts';
import { CreditGroupsController } from './http/credit-groups.controller.ts';
import { CreditChecksController } from './http/credit-checks.controller.ts';
import { CustomersController } from './http/customers.controller.ts';
import { DecisionsController } from './http/decisions.controller.ts';
import { ExchangeRatesController } from './http/exchange-rates.controller.ts';
import { CommandsController } from './http/commands.controller.ts';
import { Commands } from './http/commands.ts';
import { HoldActionsController } from './http/hold-actions.controller.ts';
import { HoldsController } from './http/holds.controller.ts';
import { SpecialTermsController } from './http/special-terms.controller.ts';
import { PoliciesController } from './http/policies.controller.ts';
import { ShadowPolicyController } from './http/shadow-policy.controller.ts';
import { Policies } from './policies.ts';
import { ReevaluationJobs } from './reevaluation-jobs.ts';

/** The only file that wires. */
@Module({})
export class CustomerCreditModule implements OnApplicationShutdown {
  private readonly database: Database;

  constructor(database: Database) {
    this.database = database;
  }

  static with(settings: MessagingSettings, calendar: CalendarSettings): DynamicModule {
    return {
      module: CustomerCreditModule,
      global: true,
      imports: [MessagingModule.forService(settings)],
      controllers: [
        CustomersController,
        CreditAccountsController,
        SpecialTermsController,
        CreditGroupsController,
        HoldsController,
        HoldActionsController,
        DecisionsController,
        CreditChecksController,
        CommandsController,
        ExchangeRatesController,
        PoliciesController,
        ShadowPolicyController,
      ],
      providers: [
        { provide: Database, useFactory: () => Database.open(settings.databaseUrl, { name: settings.service }) },
        Policies,
        OnOrders,
        OnReceivables,
        OnCustomers,
        OnCollections,
        OnCreditCommands,
        OnBusinessDays,
        DecisionFigures,
        HoldsToldAgain,
        Commands,
        { provide: CALENDAR_SETTINGS, useValue: calendar },
        BusinessDayScheduler,
        ReevaluationJobs,
      ],
      exports: [Database],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.database.close();
  }
}
