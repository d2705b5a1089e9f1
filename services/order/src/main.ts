import 'reflect-metadata';
import { migrate } from '@ordergate/database';
import { startService } from '@ordergate/http';
import { MessagingModule, messagingSettings } from '@ordergate/messaging';
import { migrations } from '../migrations/index.ts';
import { OrderModule } from './order.module.ts';
import { subscriptions } from './subscriptions.ts';

await startService('order', () => {
  const settings = messagingSettings('order');
  return {
    port: 3001,
    module: OrderModule.with(settings),
    strategy: (app) => MessagingModule.lanes(app, subscriptions),
    migrate: () => migrate(settings.databaseUrl, migrations),
  };
});
