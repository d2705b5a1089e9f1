import 'reflect-metadata';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Body, Controller, Module, Post, Put } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Database, migrate } from '@ordergate/database';
import { AllowRoles, LocalIssuer } from '@ordergate/identity';
import { createLogger } from '@ordergate/observability';
import { isolated } from '@ordergate/testing';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accepted } from '../answer.ts';
import { createService, listen } from '../create-service.ts';
import { IdParam } from '../input/id-param.ts';
import { ProblemException } from '../problems/problem.ts';
import { CommandId } from './command-id.ts';
import { CreateIdempotencyKey1763800000000 } from './create-idempotency-key.migration.ts';
import { pruneIdempotencyKeys } from './idempotency-key.store.ts';

/** What the handler was asked to do, and what it does next. */
const commandIds: string[] = [];
let work: () => Promise<void> | void;

@Controller('v1/credit-accounts/:customerId')
@AllowRoles('credit-manager')
class BlocksController {
  @Post('blocks')
  async block(@IdParam('customerId') customerId: string, @CommandId() commandId: string, @Body() body: unknown) {
    commandIds.push(commandId);
    await work();
    return accepted(`/v1/credit-accounts/${customerId}/blocks/${commandId}`, { commandId, body });
  }

  @Put('limit')
  change(@CommandId() commandId: string) {
    commandIds.push(commandId);
    return { commandId };
  }
}

let folder: string;
let issuer: LocalIssuer;
let database: Database;
let app: NestExpressApplication;
let url: string;

beforeAll(async () => {
  const { databaseUrl } = await isolated('idempotency');
  await migrate(databaseUrl, [CreateIdempotencyKey1763800000000]);
  database = Database.open(databaseUrl, { name: 'idempotency-spec' });
  class BlocksModule {}
  Module({ controllers: [BlocksController], providers: [{ provide: Database, useValue: database }] })(BlocksModule);
  folder = await mkdtemp(join(tmpdir(), 'ordergate-issuer-'));
  issuer = await LocalIssuer.open(folder);
  const { issuer: name, audience, jwksUrl } = issuer;
  app = await createService({
    name: 'blocks',
    module: BlocksModule,
    identity: { issuer: name, audience, jwksUrl, rolesClaim: 'ordergate_roles' },
    logger: createLogger('blocks', { write: () => undefined }),
  });
  url = await listen(app, 0);
});

afterAll(async () => {
  await app.close();
  await database.close();
  await rm(folder, { recursive: true });
});

beforeEach(async () => {
  await database.query('truncate idempotency_key');
  commandIds.length = 0;
  work = () => undefined;
});

const blocks = '/v1/credit-accounts/C-42/blocks';

async function send({
  method = 'POST',
  path = blocks,
  key = 'k-1' as string | null,
  body = '{"reason":"fraud"}',
  user = 'u-7',
}) {
  const token = await issuer.token({ user, roles: ['credit-manager'] });
  const headers: Record<string, string> = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  if (key !== null) headers['idempotency-key'] = key;
  const response = await fetch(`${url}${path}`, { method, headers, body });
  return {
    status: response.status,
    location: response.headers.get('location'),
    isRepeated: response.headers.get('idempotent-replayed') === 'true',
    answer: (await response.json()) as Record<string, unknown>,
  };
}

describe('The same request sent twice', () => {
  it('is done once and answered alike: status, location, body', async () => {
    const first = await send({});
    const second = await send({});
    expect(first).toMatchObject({ status: 202, location: expect.stringContaining(`${blocks}/`), isRepeated: false });
    expect(second).toEqual({ ...first, isRepeated: true });
    expect(commandIds).toHaveLength(1);
  });

  it('is done once also when ten of it come at the same time', async () => {
    work = () => new Promise((resolve) => setTimeout(resolve, 50));
    const answers = await Promise.all(Array.from({ length: 10 }, () => send({})));
    expect(commandIds).toHaveLength(1);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202, 409]));
    expect((await send({})).answer['commandId']).toBe(commandIds[0]);
  });

  it('is told to wait while the first is being handled', async () => {
    let finish = (): void => undefined;
    const started = new Promise<void>((resolve) => {
      work = () => {
        resolve();
        return new Promise((done) => (finish = done));
      };
    });
    const first = send({});
    await started;
    expect(await send({})).toMatchObject({ status: 409, answer: { code: 'idempotency-conflict' } });
    finish();
    expect((await first).status).toBe(202);
    expect((await send({})).isRepeated).toBe(true);
  });

  it('repeats a refusal too', async () => {
    work = () => {
      throw new ProblemException(409, 'version-conflict', 'Somebody changed it');
    };
    const first = await send({});
    work = () => undefined;
    expect(await send({})).toEqual({ ...first, isRepeated: true });
    expect(first).toMatchObject({ status: 409, answer: { code: 'version-conflict', detail: 'Somebody changed it' } });
  });
});

describe('Another request', () => {
  it('with the same key but another body is refused', async () => {
    await send({});
    expect(await send({ body: '{"reason":"late"}' })).toMatchObject({
      status: 422,
      answer: { code: 'idempotency-conflict' },
    });
    expect(commandIds).toHaveLength(1);
  });

  it.each([
    { what: 'another user', request: { user: 'u-8' } },
    { what: 'another customer', request: { path: '/v1/credit-accounts/C-43/blocks' } },
    { what: 'another key', request: { key: 'k-2' } },
  ])('of $what is a command of its own', async ({ request }) => {
    await send({});
    expect(await send(request)).toMatchObject({ status: 202, isRepeated: false });
    expect(new Set(commandIds).size).toBe(2);
  });

  it('needs a key as a POST, as a PUT it may have one', async () => {
    expect(await send({ key: null })).toMatchObject({ status: 400, answer: { code: 'validation-failed' } });
    const put = { method: 'PUT', path: '/v1/credit-accounts/C-42/limit' };
    expect((await send({ ...put, key: null })).status).toBe(200);
    expect((await send({ ...put, key: null })).status).toBe(200);
    expect(new Set(commandIds).size).toBe(2);
    const first = await send(put);
    expect(await send(put)).toEqual({ ...first, isRepeated: true });
  });
});

describe('A request may be sent again as if new, as the same command', () => {
  it.each([
    { what: 'we failed', problem: new Error('boom'), status: 500 },
    { what: 'we were not ready', problem: new ProblemException(503, 'not-ready'), status: 503 },
    { what: 'its form was wrong', problem: new ProblemException(400, 'validation-failed'), status: 400 },
  ])('after $what', async ({ problem, status }) => {
    work = () => {
      throw problem;
    };
    expect((await send({})).status).toBe(status);
    work = () => undefined;
    expect(await send({})).toMatchObject({ status: 202, isRepeated: false });
    expect(commandIds).toHaveLength(2);
    expect(commandIds[0]).toBe(commandIds[1]);
  });

  it('30 s after its process died; the dead one coming back does not overwrite the answer', async () => {
    let finish = (): void => undefined;
    const started = new Promise<void>((resolve) => {
      work = () => {
        resolve();
        return new Promise((done) => (finish = done));
      };
    });
    const slow = send({});
    await started;
    await database.query(`update idempotency_key set taken_at = now() - interval '29 seconds'`);
    expect((await send({})).status).toBe(409);

    await database.query(`update idempotency_key set taken_at = now() - interval '31 seconds'`);
    work = () => {
      throw new ProblemException(409, 'version-conflict', 'kept');
    };
    expect((await send({})).status).toBe(409);
    finish();
    expect((await slow).status).toBe(202);
    expect(await send({})).toMatchObject({ isRepeated: true, answer: { code: 'version-conflict', detail: 'kept' } });
    expect(new Set(commandIds).size).toBe(1);
  });

  it('with whatever body after 7 days, when its key is forgotten', async () => {
    await send({});
    await database.query(`update idempotency_key set taken_at = now() - interval '6 days 23 hours'`);
    expect(await pruneIdempotencyKeys(database)).toBe(0);
    expect((await send({})).isRepeated).toBe(true);

    await database.query(`update idempotency_key set taken_at = now() - interval '7 days 1 second'`);
    expect(await send({ body: '{}' })).toMatchObject({ status: 202, isRepeated: false });
    await database.query(`update idempotency_key set taken_at = now() - interval '7 days 1 second'`);
    expect(await pruneIdempotencyKeys(database)).toBe(1);
  });
});
