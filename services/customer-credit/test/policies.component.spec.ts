import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually, readTopic, type TopicReader } from '@ordergate/testing';
import { creditStand, customer, order } from './credit-service.fixture.ts';

let stand: Awaited<ReturnType<typeof creditStand>>;
let service: Awaited<ReturnType<typeof stand.start>>;
let decisions: TopicReader;
let policies: TopicReader;
let folder: string;

const document = (version: string, max: string) => `version: ${version}\nrules:\n  order-value: { max: "${max}" }\n`;

beforeAll(async () => {
  stand = await creditStand();
  folder = await mkdtemp(join(tmpdir(), 'ordergate-policy-'));
  process.env['ORDERGATE_POLICY_FILE'] = join(folder, 'policy.yaml');
  await writeFile(process.env['ORDERGATE_POLICY_FILE'], document('v1', '1000.00'));
  service = await stand.start();
  await stand.startDay('2026-03-02');
  [decisions, policies] = await Promise.all([
    readTopic(`${stand.topicPrefix}credit-decisions`),
    readTopic(`${stand.topicPrefix}policies`),
  ]);
  await stand.untilReady(service.url);
  await stand.tell('customers', [customer('C-1', '100000.00')]);
  await eventually(async () => expect((await service.call('GET', '/v1/credit-accounts/C-1')).status).toBe(200));
}, 90_000);
afterAll(async () => {
  delete process.env['ORDERGATE_POLICY_FILE'];
  await Promise.all([decisions?.stop(), policies?.stop()]);
  await stand?.stop();
  await rm(folder, { recursive: true });
}, 30_000);

const author = { user: 'u-author', roles: ['credit-analyst' as const] };
const manager = { user: 'u-manager', roles: ['credit-manager' as const] };
const write = (text: string, as: typeof author | typeof manager = author) =>
  service.call('POST', '/v1/policies', { body: { document: text }, as });
const report = (version: string, kind: string, passed = true) =>
  service.call('PUT', `/v1/policies/${version}/checks`, { body: { kind, passed, summary: 'as run' }, as: author });
const activate = (version: string, body: object = {}, as: typeof author | typeof manager = manager) =>
  service.call('POST', `/v1/policies/${version}/activation`, { body: { reason: 'spec', ...body }, as });
const proved = async (version: string, max: string, as: typeof author | typeof manager = author) => {
  expect((await write(document(version, max), as)).status).toBe(201);
  await report(version, 'scenarios');
  await report(version, 'backtest');
};

/** The policy and the answer with which an order of this value is decided now. */
async function decided(orderId: string, amount: string) {
  await stand.tell('orders', [order(orderId, 'C-1', amount)]);
  const [record] = await decisions.waitFor(1, ({ value }) => value.orderId === orderId);
  return [record!.value.policyVersion, record!.value.reasons.map(({ code }: { code: string }) => code).join()];
}

describe('The policy', () => {
  it('of the file is in force when a deployment starts, and the others hear of it', async () => {
    expect(await decided('O-1', '1000.01')).toEqual(['v1', 'order-value']);
    const [told] = await policies.waitFor(1, ({ key }) => key === 'v1');
    expect(told).toMatchObject({
      headers: { ce_type: 'PolicyActivated.v1' },
      value: { version: 'v1', activatedBy: 'policy', document: { rules: { 'order-value': { max: '1000.00' } } } },
    });
  });

  it('that is broken is refused with every mistake and its line, and the old one stays', async () => {
    const { status, body } = await write('version: v0\nrules:\n  order-value: { max: 5 }\n  order-valu: {}\n');
    expect([status, body.code]).toEqual([400, 'validation-failed']);
    expect(body.errors).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ field: expect.stringMatching(/^document:3/) }),
        expect.objectContaining({ field: expect.stringMatching(/^document:4/) }),
      ]),
    );
    expect(await decided('O-2', '1000.01')).toEqual(['v1', 'order-value']);
  });

  it('is written once; the same version with another text is refused', async () => {
    await proved('v2', '2000.00');
    expect(await write(document('v2', '3000.00'))).toMatchObject({ status: 409, body: { code: 'version-conflict' } });
  });

  it('comes into force when it was proved and a second person activates it', async () => {
    await write(document('v3', '5.00'));
    expect(await activate('v3')).toMatchObject({ status: 409, body: { code: 'not-ready' } });
    await proved('v4', '5.00', manager);
    expect(await activate('v4')).toMatchObject({ status: 409, body: { code: 'same-person' } });
    expect((await activate('v2', {}, author)).status).toBe(403);
    expect(await decided('O-3', '1500.00')).toEqual(['v1', 'order-value']);

    expect((await activate('v2')).status).toBe(200);
    expect(await decided('O-4', '1500.00')).toEqual(['v2', '']);
    const [told] = await policies.waitFor(1, ({ key }) => key === 'v2');
    expect(told!.value.activatedBy).toBe('user:u-manager');
    const { body } = await service.call('GET', '/v1/policies/v2', { as: author });
    expect(body).toMatchObject({ isInForce: true, writtenBy: 'user:u-author', activations: [{ version: 'v2' }] });
  });

  it('comes into force on the business day that was named, not before', async () => {
    await proved('v5', '10.00');
    expect((await activate('v5', { effectiveOn: '2026-03-01' })).status).toBe(422);
    expect((await activate('v5', { effectiveOn: '2026-03-03' })).status).toBe(200);
    expect(await decided('O-5', '11.00')).toEqual(['v2', '']);
    await stand.startDay('2026-03-03');
    await policies.waitFor(1, ({ key }) => key === 'v5');
    expect(await decided('O-6', '11.00')).toEqual(['v5', 'order-value']);
  });

  it('is rolled back in one call, by anybody who may activate', async () => {
    expect((await activate('v2')).status).toBe(200);
    expect(await decided('O-7', '11.00')).toEqual(['v2', '']);
  });

  it('is listed newest first with the one in force marked', async () => {
    const { body } = await service.call('GET', '/v1/policies?limit=2', { as: author });
    expect(body.items.map(({ version }: { version: string }) => version)).toEqual(['v5', 'v4']);
    const next = await service.call('GET', `/v1/policies?limit=9&cursor=${body.next}`, { as: author });
    expect(next.body.items.map((policy: any) => [policy.version, policy.isInForce])).toEqual([
      ['v3', false],
      ['v2', true],
      ['v1', false],
    ]);
  });
});

describe('A policy in the shadow', () => {
  it('answers every order without effect, and its differences are counted and listed', async () => {
    expect((await service.call('GET', '/v1/shadow-policy')).status).toBe(404);
    expect(
      (await service.call('PUT', '/v1/shadow-policy', { body: { version: 'nobody-wrote' }, as: manager })).status,
    ).toBe(404);
    expect((await service.call('PUT', '/v1/shadow-policy', { body: { version: 'v5' }, as: manager })).status).toBe(200);
    expect(await decided('S-1', '10.00')).toEqual(['v2', '']);
    expect(await decided('S-2', '10.01')).toEqual(['v2', '']);
    expect(await decided('S-3', '2000.01')).toEqual(['v2', 'order-value']);

    const { body } = await service.call('GET', '/v1/shadow-policy', { as: author });
    expect(body).toEqual({ version: 'v5', differences: [{ code: 'order-value', onlyLive: 0, onlyShadow: 1 }] });
    const { body: listed } = await service.call('GET', '/v1/shadow-policy/differences', { as: author });
    expect(listed.items).toMatchObject([{ orderId: 'S-2', outcome: 'approved', shadowOutcome: 'held' }]);
    const token = await stand.issuer.token({ user: 'u-ops', roles: ['ops'] });
    const metrics = await (
      await fetch(`${service.url}/metrics`, { headers: { authorization: `Bearer ${token}` } })
    ).text();
    expect(metrics).toMatch(/ordergate_shadow_differences_total\{.*code="order-value".*only_in="shadow".*\} 1/);

    expect((await service.call('DELETE', '/v1/shadow-policy', { as: manager })).status).toBe(200);
    expect(await decided('S-4', '10.01')).toEqual(['v2', '']);
    expect((await service.call('GET', '/v1/shadow-policy')).status).toBe(404);
  });
});
