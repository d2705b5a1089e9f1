import 'reflect-metadata';
import { migrate } from '@ordergate/database';
import { startService } from '@ordergate/http';
import { MessagingModule, messagingSettings } from '@ordergate/messaging';
import { migrations } from '../migrations/index.ts';
import { CustomerCreditModule } from './customer-credit.module.ts';
import { subscriptions } from './subscriptions.ts';

const settings = messagingSettings('customer-credit');

await startService({
  name: settings.service,
  port: 3002,
  module: CustomerCreditModule.with(settings),
  strategy: (app) => MessagingModule.lanes(app, subscriptions),
  migrate: () => migrate(settings.databaseUrl, migrations),
});
