import 'reflect-metadata';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { topicName, writeEvent } from '@ordergate/contracts';
import { Database, migrate } from '@ordergate/database';
import { createService, listen } from '@ordergate/http';
import { LocalIssuer, type Role } from '@ordergate/identity';
import { MessagingModule } from '@ordergate/messaging';
import { createLogger } from '@ordergate/observability';
import { createTopics, eventually, isolated, publish, testInfra } from '@ordergate/testing';
import { migrations } from '../migrations/index.ts';
import { NotificationModule } from '../src/notification.module.ts';
import type { MailSettings } from '../src/sending/mail-settings.ts';
import { subscriptions } from '../src/subscriptions.ts';

/** Topics and a database of a test's own, and what is needed to start the service on them, more than once. */
export async function preparedWorld(name: string) {
  const { topicPrefix, databaseUrl } = await isolated(name);
  await createTopics(topicPrefix, ['credit-decisions', 'customers', 'business-days', 'notifications'], {
    partitions: 2,
  });
  await migrate(databaseUrl, migrations);
  const issuer = await LocalIssuer.open(await mkdtemp(join(tmpdir(), 'ordergate-issuer-')));
  const database = Database.open(databaseUrl, { name: 'test', connections: 2 });
  return { topicPrefix, databaseUrl, issuer, database };
}
export type World = Awaited<ReturnType<typeof preparedWorld>>;

const patience = {
  from: 'Ordergate <gate@ordergate.example>',
  timeZone: 'Europe/Istanbul',
  financeLanguage: 'en',
  attemptsMax: 30,
  retrySeconds: 0.1,
  attemptSeconds: 1.5,
};

/** The whole service in this process, ready when this returns. */
export async function startNotification({ topicPrefix, databaseUrl, issuer }: World, mail: Partial<MailSettings>) {
  const settings = {
    service: 'notification',
    databaseUrl,
    brokers: testInfra().brokers,
    topicPrefix,
    lanes: 1,
    sessionTimeoutMs: 6_000,
    heartbeatMs: 300,
  };
  const app = await createService({
    name: settings.service,
    module: NotificationModule.with(settings, { ...patience, ...mail }),
    strategy: (service) => MessagingModule.lanes(service, subscriptions),
    identity: {
      issuer: issuer.issuer,
      audience: issuer.audience,
      jwksUrl: issuer.jwksUrl,
      rolesClaim: 'ordergate_roles',
    },
    logger: createLogger('notification', { write: () => undefined }),
  });
  const url = await listen(app, 0);
  await eventually(async () => {
    const ready = await fetch(`${url}/health/ready`);
    if (!ready.ok) throw new Error(await ready.text());
  });
  return { app, url };
}

/** Sends an event as customer-credit or an ERP would; the same id twice is the same event twice. */
export async function tell(
  { topicPrefix }: World,
  topic: 'customers' | 'credit-decisions',
  type: string,
  id: string,
  data: { customerId: string },
) {
  const { headers, value } = writeEvent({ id, type, source: '/test', time: new Date().toISOString(), data });
  await publish(testInfra().brokers, topicName(topicPrefix, topic), [{ key: data.customerId, value, headers }]);
}

/** An HTTP call by a user with this role; the answer's status and JSON body. */
export async function ask({ issuer }: World, url: string, role: Role, method = 'GET', body?: object) {
  const token = await issuer.token({ user: 'u-7', roles: [role] });
  const response = await fetch(url, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as any };
}
