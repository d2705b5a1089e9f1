import 'reflect-metadata';
import { migrate } from '@ordergate/database';
import { startService } from '@ordergate/http';
import { MessagingModule, messagingSettings } from '@ordergate/messaging';
import { migrations } from '../migrations/index.ts';
import { CollectionsModule } from './collections.module.ts';
import { subscriptions } from './subscriptions.ts';

await startService('collections', () => {
  const settings = messagingSettings('collections');
  return {
    port: 3003,
    module: CollectionsModule.with(settings),
    strategy: (app) => MessagingModule.lanes(app, subscriptions),
    migrate: () => migrate(settings.databaseUrl, migrations),
  };
});
