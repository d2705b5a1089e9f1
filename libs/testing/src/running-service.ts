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
import { lagOf } from './lag-of.ts';
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

/** How a call is made; by default as a credit manager. */
export interface Call {
  body?: object;
  as?: { user?: string; roles: Role[]; salesReps?: string[] };
  headers?: Record<string, string>;
}

/** What another system would publish; id, key and partition only where a spec is about them. */
export interface EventByHand {
  type: string;
  data: { customerId: string };
  id?: string;
  key?: string;
  partition?: number;
}

let counted = 0;

/** One instance of a service, listening on a port of its own. */
export type RunningService = Awaited<ReturnType<ServiceStand['start']>>;

/** Topics, a migrated database and an issuer of a spec's own, on which one or more instances of a service run. */
export async function serviceStand(service: ServiceUnderTest): Promise<ServiceStand> {
  const { databaseUrl, topicPrefix } = await isolated(service.name);
  await Promise.all([
    createTopics(topicPrefix, undefined, { partitions: service.partitions ?? 4 }),
    migrate(databaseUrl, service.migrations),
  ]);
  const folder = await mkdtemp(join(tmpdir(), `ordergate-${service.name}-`));
  const issuer = await LocalIssuer.open(folder);
  return new ServiceStand(service, issuer, folder, {
    service: service.name,
    brokers: testInfra().brokers,
    ...{ databaseUrl, topicPrefix, lanes: 2, sessionTimeoutMs: 6_000, heartbeatMs: 500 },
  });
}

export class ServiceStand {
  readonly settings: MessagingSettings;
  readonly issuer: LocalIssuer;
  private readonly service: ServiceUnderTest;
  private readonly folder: string;
  private readonly running = new Set<INestApplication>();

  constructor(service: ServiceUnderTest, issuer: LocalIssuer, folder: string, settings: MessagingSettings) {
    this.service = service;
    this.issuer = issuer;
    this.folder = folder;
    this.settings = settings;
  }

  get topicPrefix(): string {
    return this.settings.topicPrefix;
  }

  get databaseUrl(): string {
    return this.settings.databaseUrl;
  }

  get brokers(): string[] {
    return this.settings.brokers;
  }

  /** Starts an instance in this process; it may not be ready yet. */
  async start() {
    const { name, module, subscriptions } = this.service;
    const app = await createService({
      name,
      module: module(this.settings),
      strategy: (nest) => MessagingModule.lanes(nest, subscriptions),
      identity: {
        issuer: LOCAL_ISSUER,
        audience: LOCAL_AUDIENCE,
        jwksUrl: this.issuer.jwksUrl,
        rolesClaim: 'ordergate_roles',
      },
      logger: createLogger(name, { write: () => undefined }),
    });
    this.running.add(app);
    const url = await listen(app, 0);
    const call = (method: string, path: string, how: Call = {}): Promise<Reply> => this.call(url, method, path, how);
    /** Ends this instance as a deployment would: it finishes what it has begun. */
    const close = async (): Promise<void> => {
      this.running.delete(app);
      await app.close();
    };
    return { app, url, call, close };
  }

  private async call(url: string, method: string, path: string, { body, as, headers }: Call): Promise<Reply> {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${await this.issuer.token({ user: 'u-1', roles: ['credit-manager'], ...as })}`,
        'content-type': 'application/json',
        ...(method === 'POST' && { 'idempotency-key': `key-${(counted += 1)}` }),
        ...headers,
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) };
  }

  /** Publishes events by hand, in their order, as another system would. */
  async tell(topic: string, events: readonly EventByHand[]): Promise<void> {
    const records = events.map(({ type, data, id = `by-hand-${(counted += 1)}`, key = data.customerId, partition }) => {
      const event = { id, type, source: 'test', time: new Date().toISOString(), data };
      return { key, ...writeEvent(event), ...(partition !== undefined && { partition }) };
    });
    await publish(this.brokers, `${this.topicPrefix}${topic}`, records);
  }

  async startDay(businessDay: string): Promise<void> {
    const data = { businessDay };
    const event = {
      id: `day-${businessDay}`,
      type: 'BusinessDayStarted.v1',
      source: 'test',
      time: new Date().toISOString(),
      data,
    };
    await publish(this.brokers, `${this.topicPrefix}business-days`, [{ key: businessDay, ...writeEvent(event) }]);
  }

  async untilReady(url: string): Promise<void> {
    await eventually(async () => {
      const ready = await fetch(`${url}/health/ready`);
      if (!ready.ok) throw new Error(await ready.text());
    });
  }

  /** Records of each input topic (full names) that the service has not committed yet. */
  async lag(): Promise<Record<string, number>> {
    const { lanes, calendar } = this.service.subscriptions;
    const named = (topics: Subscriptions['lanes']) => topics.map(({ topic }) => `${this.topicPrefix}${topic}`);
    const group = `${this.topicPrefix}${this.service.name}`;
    return {
      ...(await lagOf(group, named(lanes), this.brokers)),
      ...(await lagOf(`${group}.calendar`, named(calendar), this.brokers)),
    };
  }

  /** Ends every instance that still runs. */
  async stop(): Promise<void> {
    await Promise.all([...this.running].map((app) => app.close()));
    await rm(this.folder, { recursive: true });
  }
}
