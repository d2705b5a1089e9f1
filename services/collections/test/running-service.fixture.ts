import 'reflect-metadata';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { topicName, writeEvent, type Topic } from '@ordergate/contracts';
import { migrate } from '@ordergate/database';
import { createService, listen } from '@ordergate/http';
import { LocalIssuer, type Role } from '@ordergate/identity';
import { MessagingModule } from '@ordergate/messaging';
import { createLogger } from '@ordergate/observability';
import { createTopics, eventually, isolated, publish, testInfra } from '@ordergate/testing';
import { migrations } from '../migrations/index.ts';
import { CollectionsModule } from '../src/collections.module.ts';
import { subscriptions } from '../src/subscriptions.ts';

/** The whole service in this process, on topics and a database of its own, ready when this returns. */
export async function startCollections() {
  const { topicPrefix, databaseUrl } = await isolated('collections');
  await createTopics(
    topicPrefix,
    ['customers', 'receivables', 'collections', 'collection-commands', 'business-days', 'policies'],
    {
      partitions: 2,
    },
  );
  await migrate(databaseUrl, migrations);
  const issuer = await LocalIssuer.open(await mkdtemp(join(tmpdir(), 'ordergate-issuer-')));
  const settings = {
    service: 'collections',
    databaseUrl,
    brokers: testInfra().brokers,
    topicPrefix,
    lanes: 2,
    sessionTimeoutMs: 6_000,
    heartbeatMs: 300,
  };
  const app = await createService({
    name: settings.service,
    module: CollectionsModule.with(settings),
    strategy: (service) => MessagingModule.lanes(service, subscriptions),
    identity: {
      issuer: issuer.issuer,
      audience: issuer.audience,
      jwksUrl: issuer.jwksUrl,
      rolesClaim: 'ordergate_roles',
    },
    logger: createLogger('collections', { write: () => undefined }),
  });
  const url = await listen(app, 0);
  await eventually(async () => {
    const ready = await fetch(`${url}/health/ready`);
    if (!ready.ok) throw new Error(await ready.text());
  });
  return { app, url, issuer, topicPrefix };
}
export type RunningService = Awaited<ReturnType<typeof startCollections>>;

let events = 0;
/** Sends an event as an accounting system would. The same id twice is the same event twice. */
export async function tell(
  service: RunningService,
  topic: Topic,
  type: string,
  data: object,
  id = `event-${(events += 1)}`,
) {
  const { customerId, version } = data as { customerId?: string; version?: string };
  const key = customerId ?? version ?? null;
  const { headers, value } = writeEvent({ id, type, source: '/test', time: '2026-11-21T10:00:00Z', data });
  await publish(testInfra().brokers, topicName(service.topicPrefix, topic), [{ key, value, headers }]);
}

let keys = 0;
/** A POST by accounting; a new Idempotency-Key unless one is given. */
export async function post(
  service: RunningService,
  path: string,
  body: object,
  { key = `key-${(keys += 1)}`, role = 'accounting' as Role } = {},
) {
  const token = await service.issuer.token({ user: 'u-1', roles: [role] });
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': key };
  const response = await fetch(`${service.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  const location = response.headers.get('location');
  return { status: response.status, location, body: (await response.json()) as any };
}

/** A GET by somebody with this role. */
export async function get(service: RunningService, path: string, role: Role = 'collector') {
  const token = await service.issuer.token({ user: 'u-2', roles: [role] });
  const response = await fetch(`${service.url}${path}`, { headers: { authorization: `Bearer ${token}` } });
  return { status: response.status, body: (await response.json()) as any };
}
