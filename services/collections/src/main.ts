import 'reflect-metadata';
import { migrate } from '@ordergate/database';
import { startService } from '@ordergate/http';
import { MessagingModule, messagingSettings } from '@ordergate/messaging';
import { migrations } from '../migrations/index.ts';
import { CollectionsModule } from './collections.module.ts';
import { subscriptions } from './subscriptions.ts';

const settings = messagingSettings('collections');

await startService({
  name: settings.service,
  port: 3003,
  module: CollectionsModule.with(settings),
  strategy: (app) => MessagingModule.lanes(app, subscriptions),
  migrate: () => migrate(settings.databaseUrl, migrations),
});
