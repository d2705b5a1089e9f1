import 'reflect-metadata';
import { migrate } from '@ordergate/database';
import { startService } from '@ordergate/http';
import { MessagingModule, messagingSettings } from '@ordergate/messaging';
import { migrations } from '../migrations/index.ts';
import { calendarSettings } from './business-day-scheduler.ts';
import { CustomerCreditModule } from './customer-credit.module.ts';
import { subscriptions } from './subscriptions.ts';

await startService('customer-credit', () => {
  const settings = messagingSettings('customer-credit');
  return {
    port: 3002,
    module: CustomerCreditModule.with(settings, calendarSettings()),
    strategy: (app) => MessagingModule.lanes(app, subscriptions),
    migrate: () => migrate(settings.databaseUrl, migrations),
  };
});
