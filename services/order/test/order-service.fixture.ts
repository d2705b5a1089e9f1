import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeEvent } from '@ordergate/contracts';
import { migrate } from '@ordergate/database';
import { createService, listen } from '@ordergate/http';
import { LOCAL_AUDIENCE, LOCAL_ISSUER, LocalIssuer, type TokenRequest } from '@ordergate/identity';
import { MessagingModule, type MessagingSettings } from '@ordergate/messaging';
import { createLogger } from '@ordergate/observability';
import { createTopics, eventually, isolated, publish, testInfra } from '@ordergate/testing';
import { migrations } from '../migrations/index.ts';
import { OrderModule } from '../src/order.module.ts';
import { subscriptions } from '../src/subscriptions.ts';

export interface Reply {
  status: number;
  headers: Headers;
  body: any;
}

export interface Request {
  body?: object;
  as?: TokenRequest;
  headers?: Record<string, string>;
}

let keys = 0;
const orderSystem: TokenRequest = { user: 'erp', roles: ['order-system'] };

/** One process of the service: its own HTTP port, the topics and the database of all of them. */
async function startInstance(settings: MessagingSettings, jwksUrl: string) {
  const app = await createService({
    name: 'order',
    module: OrderModule.with(settings),
    strategy: (service) => MessagingModule.lanes(service, subscriptions),
    identity: { issuer: LOCAL_ISSUER, audience: LOCAL_AUDIENCE, jwksUrl, rolesClaim: 'ordergate_roles' },
    logger: createLogger('order', { write: () => undefined }),
  });
  const url = await listen(app, 0);
  await eventually(async () => {
    const ready = await fetch(`${url}/health/ready`);
    if (!ready.ok) throw new Error(await ready.text());
  });
  return { app, url };
}

/** The whole order service on topics and a database of its own, used from outside. */
export async function startOrderService() {
  const { brokers } = testInfra();
  const { databaseUrl, topicPrefix } = await isolated('order');
  const names = ['orders', 'credit-decisions', 'business-days'];
  await Promise.all([createTopics(topicPrefix, names, { partitions: 3 }), migrate(databaseUrl, migrations)]);
  const folder = await mkdtemp(join(tmpdir(), 'ordergate-order-'));
  const issuer = await LocalIssuer.open(folder);
  const settings = {
    ...{ service: 'order', databaseUrl, brokers, topicPrefix },
    ...{ lanes: 2, sessionTimeoutMs: 6_000, heartbeatMs: 1_000 },
  };
  const { app, url } = await startInstance(settings, issuer.jwksUrl);

  const call = async (
    method: string,
    path: string,
    { body, as = orderSystem, headers }: Request = {},
  ): Promise<Reply> => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${await issuer.token(as)}`,
        'content-type': 'application/json',
        ...(method === 'POST' && { 'idempotency-key': `key-${(keys += 1)}` }),
        ...headers,
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) };
  };

  return {
    ...{ app, url, issuer, topicPrefix, call },
    /** A second process beside the first. */
    another: () => startInstance(settings, issuer.jwksUrl),
    /** Publishes an event by hand, as another service would. */
    tell: async (topic: string, type: string, data: { customerId: string }): Promise<void> => {
      const event = { id: `by-hand-${(keys += 1)}`, type, source: 'test', time: '2026-11-21T10:00:00Z', data };
      const { headers, value } = writeEvent(event);
      await publish(brokers, `${topicPrefix}${topic}`, [{ key: data.customerId, value, headers }]);
    },
    stop: async (): Promise<void> => {
      await app.close();
      await rm(folder, { recursive: true });
    },
  };
}
