import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DynamicModule, INestApplication } from '@nestjs/common';
import { writeEvent } from '@ordergate/contracts';
import { migrate } from '@ordergate/database';
import { createService, listen } from '@ordergate/http';
import { LOCAL_AUDIENCE, LOCAL_ISSUER, LocalIssuer, type Role } from '@ordergate/identity';
import { MessagingModule, type MessagingSettings, type Subscriptions } from '@ordergate/messaging';
import { createLogger } from '@ordergate/observability';
import { eventually } from './eventually.ts';
import { createTopics, isolated } from './isolated.ts';
import { publish } from './publish.ts';
import { testInfra } from './test-infra.ts';

/** A service as a spec starts it: in this process, on real Kafka and Postgres. */
export interface ServiceUnderTest {
  name: string;
  module: (settings: MessagingSettings) => DynamicModule;
  subscriptions: Subscriptions;
  migrations: Parameters<typeof migrate>[1];
  /** Of each topic; fewer start faster. Default 4. */
  partitions?: number;
}

export interface Reply {
  status: number;
  headers: Headers;
  body: any;
}

export interface Call {
  body?: object;
  as?: { user?: string; roles: Role[]; salesReps?: string[] };
  headers?: Record<string, string>;
}

let counted = 0;

/** Topics, a migrated database and an issuer of a spec's own, on which one or more instances of a service run. */
export async function serviceStand({ name, module, subscriptions, migrations, partitions = 4 }: ServiceUnderTest) {
  const { brokers } = testInfra();
  const { databaseUrl, topicPrefix } = await isolated(name);
  await Promise.all([createTopics(topicPrefix, undefined, { partitions }), migrate(databaseUrl, migrations)]);
  const folder = await mkdtemp(join(tmpdir(), `ordergate-${name}-`));
  const issuer = await LocalIssuer.open(folder);
  const settings: MessagingSettings = {
    service: name,
    databaseUrl,
    brokers,
    topicPrefix,
    lanes: 2,
    sessionTimeoutMs: 6_000,
    heartbeatMs: 500,
  };
  const running = new Set<INestApplication>();

  const start = async () => {
    const app = await createService({
      name,
      module: module(settings),
      strategy: (service) => MessagingModule.lanes(service, subscriptions),
      identity: {
        issuer: LOCAL_ISSUER,
        audience: LOCAL_AUDIENCE,
        jwksUrl: issuer.jwksUrl,
        rolesClaim: 'ordergate_roles',
      },
      logger: createLogger(name, { write: () => undefined }),
    });
    running.add(app);
    const url = await listen(app, 0);
    const call = async (
      method: string,
      path: string,
      { body, as = { roles: ['credit-manager'] }, headers }: Call = {},
    ): Promise<Reply> => {
      const response = await fetch(`${url}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${await issuer.token({ user: 'u-1', ...as })}`,
          'content-type': 'application/json',
          ...(method === 'POST' && { 'idempotency-key': `key-${(counted += 1)}` }),
          ...headers,
        },
        ...(body && { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) };
    };
    /** Ends this instance as a deployment would: it finishes what it has begun. */
    const close = async (): Promise<void> => {
      running.delete(app);
      await app.close();
    };
    return { app, url, call, close };
  };

  return {
    ...{ settings, issuer, topicPrefix, databaseUrl, brokers, start },
    /** Publishes events by hand, in their order, as another system would. */
    tell: async (
      topic: string,
      events: { type: string; data: { customerId: string }; id?: string; key?: string; partition?: number }[],
    ): Promise<void> => {
      const records = events.map(
        ({ type, data, id = `by-hand-${(counted += 1)}`, key = data.customerId, partition }) => {
          const { headers, value } = writeEvent({ id, type, source: 'test', time: new Date().toISOString(), data });
          return { key, value, headers, ...(partition !== undefined && { partition }) };
        },
      );
      await publish(brokers, `${topicPrefix}${topic}`, records);
    },
    startDay: async (businessDay: string): Promise<void> => {
      const { headers, value } = writeEvent({
        id: `day-${businessDay}`,
        type: 'BusinessDayStarted.v1',
        source: 'test',
        time: new Date().toISOString(),
        data: { businessDay },
      });
      await publish(brokers, `${topicPrefix}business-days`, [{ key: businessDay, value, headers }]);
    },
    untilReady: (url: string) =>
      eventually(async () => {
        const ready = await fetch(`${url}/health/ready`);
        if (!ready.ok) throw new Error(await ready.text());
      }),
    stop: async (): Promise<void> => {
      await Promise.all([...running].map((app) => app.close()));
      await rm(folder, { recursive: true });
    },
  };
}
