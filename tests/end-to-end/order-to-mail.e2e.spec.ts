import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LocalIssuer, type Role } from '@ordergate/identity';
import { projectRoot } from '@ordergate/local-infra';
import {
  createTopics,
  eventually,
  isolated,
  metricOf,
  readMetrics,
  readTopic,
  testInfra,
  type TopicReader,
} from '@ordergate/testing';
import { freePorts } from '../../tools/demo/service-ports.ts';
import { serviceNames, Services, type ServiceName } from '../../tools/demo/services.ts';
import { readPlan, type ReplayPlan } from '../../tools/replay/read-plan.ts';
import { replay } from '../../tools/replay/replay-plan.ts';
import type { WalkResult } from '../../tools/replay/walk.ts';
import { readQueries } from '../observability/queries.ts';
import { unanswered } from '../observability/unanswered.ts';

const rows = 60;
const silentBar = { update: () => undefined, stop: () => undefined };

let folder: string;
let services: Services;
let issuer: LocalIssuer;
let decisions: TopicReader;
let plan: ReplayPlan;
let result: WalkResult;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ordergate-e2e-'));
  issuer = await LocalIssuer.open(folder);
  const stands = await Promise.all(serviceNames.map((name) => isolated(`e2e-${name}`)));
  const prefix = stands[0]!.topicPrefix;
  await createTopics(prefix);
  services = await Services.start({
    brokers: testInfra().brokers,
    prefix,
    databaseUrls: Object.fromEntries(serviceNames.map((name, at) => [name, stands[at]!.databaseUrl])) as Record<
      ServiceName,
      string
    >,
    ports: await freePorts({ order: 0, 'customer-credit': 0, collections: 0, notification: 0 }),
    issuer,
    policyFile: join(projectRoot, 'tools/demo/policy.yaml'),
    mailDir: join(folder, 'mails'),
    logDir: join(folder, 'logs'),
  });
  await services.waitUntilReady();
  decisions = await readTopic(`${prefix}credit-decisions`);
  plan = readPlan(
    join(projectRoot, 'data/ibm-accounts-receivable.csv'),
    join(projectRoot, 'tools/replay/ibm-accounts-receivable.yaml'),
    rows,
  );
  result = await replay(plan, { brokers: testInfra().brokers, prefix }, silentBar);
}, 300_000);
afterAll(async () => {
  await decisions?.stop();
  await services?.stop();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

async function ask(service: ServiceName, path: string, roles: Role[], init: RequestInit = {}) {
  const response = await fetch(`${services.urlOf(service)}${path}`, {
    ...init,
    headers: {
      authorization: `Bearer ${await issuer.token({ user: 'e2e', roles })}`,
      'content-type': 'application/json',
      ...init.headers,
    },
  });
  return { status: response.status, body: (await response.json()) as any };
}

describe('Four services and sixty real invoices', () => {
  it('every order has exactly one first decision, and nothing was refused', () => {
    expect(result.decisions.first.size).toBe(rows);
    expect(result.decisions.unanswered).toEqual([]);
    expect(result.deadLetters).toBe(0);
    const told = decisions.records.map(({ value }) => value.orderId as string);
    expect(new Set(told).size).toBe(rows);
    expect(told).toHaveLength(rows);
  });

  it('the gate, the order book and the topic tell the same of every order', async () => {
    for (const [orderId, { outcome, customerId }] of result.decisions.effective) {
      const book = await ask('order', `/v1/orders/${orderId}`, ['order-system']);
      expect({ orderId, status: book.body.status }).toEqual({ orderId, status: outcome });
      const record = await ask('customer-credit', `/v1/credit-accounts/${customerId}/decisions?orderId=${orderId}`, [
        'auditor',
      ]);
      expect(record.body.items.map((item: { outcome: string }) => item.outcome)).toEqual([outcome]);
    }
  });

  it('the exposure is what is still open: the file ends with everything paid', async () => {
    for (const customerId of plan.limits.keys()) {
      const { body } = await ask('customer-credit', `/v1/credit-accounts/${customerId}/exposure`, ['auditor']);
      expect({ customerId, receivables: body.exposure.receivables.amount }).toEqual({
        customerId,
        receivables: '0.00',
      });
      const items = await ask('collections', `/v1/customers/${customerId}/open-items`, ['collector']);
      expect({ customerId, open: items.body.items }).toEqual({ customerId, open: [] });
    }
  });

  it('an order placed over HTTP above the limit is held at once, and finance gets a mail', async () => {
    const [customerId] = plan.limits.keys();
    const placed = await ask('order', '/v1/orders?wait=5s', ['order-system'], {
      method: 'POST',
      headers: { 'idempotency-key': 'e2e-1' },
      body: JSON.stringify({ orderId: 'E2E-1', customerId, total: { amount: '999999.00', currency: 'USD' } }),
    });
    expect(placed).toMatchObject({ status: 201, body: { orderId: 'E2E-1', status: 'held' } });
    expect(placed.body.decision.reasons[0]).toMatchObject({
      code: 'credit-limit-exceeded',
      measured: expect.any(String),
    });
    await eventually(async () => {
      const { body } = await ask('notification', '/v1/notifications?orderId=E2E-1', ['auditor']);
      expect(body.items).toMatchObject([{ orderId: 'E2E-1', status: 'sent' }]);
    });
  });
});

describe('Whoever watches the four services', () => {
  const figures = async () => {
    const authorization = `Bearer ${await issuer.token({ user: 'prometheus', roles: ['ops'] })}`;
    const texts = serviceNames.map(async (name) => {
      const response = await fetch(`${services.urlOf(name)}/metrics`, { headers: { authorization } });
      return response.text();
    });
    return (await Promise.all(texts)).flatMap(readMetrics);
  };

  it('gets an answer to every question of the dashboard and the alerts', async () => {
    const said = await figures();
    expect(readQueries().flatMap((query) => unanswered(query, said))).toEqual([]);
  });

  it('sees as many decisions as were told, all of them timed, nothing refused, parked or left behind', async () => {
    await eventually(async () => {
      const said = await figures();
      const told = decisions.records.length;
      expect(told).toBeGreaterThan(rows);
      expect(metricOf(said, 'ordergate_decisions_total')).toBe(told);
      const topic = 'credit-decisions';
      expect(metricOf(said, 'ordergate_message_latency_seconds_count', { topic })).toBe(told);
      for (const name of [
        'ordergate_dead_letters_total',
        'ordergate_parked_customers',
        'ordergate_consumer_lag_messages',
      ])
        expect({ name, value: metricOf(said, name) }).toEqual({ name, value: 0 });
    });
  }, 30_000);
});
