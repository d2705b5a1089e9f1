import 'reflect-metadata';
import { migrate } from '@ordergate/database';
import { startService } from '@ordergate/http';
import { MessagingModule, messagingSettings } from '@ordergate/messaging';
import { migrations } from '../migrations/index.ts';
import { NotificationModule } from './notification.module.ts';
import { mailSettings } from './sending/mail-settings.ts';
import { subscriptions } from './subscriptions.ts';

await startService('notification', () => {
  const settings = messagingSettings('notification');
  return {
    port: 3004,
    module: NotificationModule.with(settings, mailSettings()),
    strategy: (app) => MessagingModule.lanes(app, subscriptions),
    migrate: () => migrate(settings.databaseUrl, migrations),
  };
});
