import { Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { Database } from '@ordergate/database';
import { MessagingModule, OnBusinessDays, type MessagingSettings } from '@ordergate/messaging';
import { OnCreditDecisions } from './handlers/on-credit-decisions.ts';
import { OnOrders } from './handlers/on-orders.ts';
import { BookReader } from './http/book-reader.ts';
import { OrderNews } from './http/order-news.ts';
import { OrderRequests } from './http/order-requests.ts';
import { OrderStepsController } from './http/order-steps.controller.ts';
import { OrdersController } from './http/orders.controller.ts';
import { TimelineController } from './http/timeline.controller.ts';

/** The only file that wires. */
@Module({})
export class OrderModule implements OnApplicationShutdown {
  private readonly database: Database;

  constructor(database: Database) {
    this.database = database;
  }

  static with(settings: MessagingSettings): DynamicModule {
    return {
      module: OrderModule,
      global: true,
      imports: [MessagingModule.forService(settings)],
      controllers: [OrdersController, OrderStepsController, TimelineController],
      providers: [
        { provide: Database, useFactory: () => Database.open(settings.databaseUrl, { name: settings.service }) },
        OnOrders,
        OnCreditDecisions,
        OnBusinessDays,
        BookReader,
        OrderNews,
        OrderRequests,
      ],
      exports: [Database],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.database.close();
  }
}
