import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get, Module, Post } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Identifier } from '@ordergate/contracts';
import { AllowRoles, LocalIssuer, walkRoutes } from '@ordergate/identity';
import { createLogger, HealthState } from '@ordergate/observability';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accepted } from './answer.ts';
import { createService, listen } from './create-service.ts';
import { NoIdempotency } from './idempotency/idempotency.interceptor.ts';
import { IdParam } from './input/id-param.ts';
import { QueryParam } from './input/query-param.ts';
import { ValidBody } from './input/valid-body.ts';
import { WaitParam } from './input/wait-param.ts';
import { PageParam, pageOf, type PageRequest } from './paging/page.ts';
import { ProblemException } from './problems/problem.ts';
import { proveRoutesAreClosed } from './testing/prove-routes-are-closed.ts';

class Shipment {
  @Identifier()
  orderId!: string;
}

const holds = ['SO-1', 'SO-2', 'SO-3'];

@Controller('v1/holds')
@AllowRoles('credit-analyst')
class HoldsController {
  @Get()
  list(@PageParam('identifier') page: PageRequest, @QueryParam('status', ['open', 'closed']) status?: string) {
    const rows = holds.filter((orderId) => page.after === undefined || orderId > page.after[0]!);
    return { ...pageOf(rows, page.limit, (orderId) => [orderId]), ...(status && { status }) };
  }

  @Get('broken')
  broken(): never {
    throw new Error('password of the database: hunter2');
  }

  @Get('away')
  away(): never {
    throw Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
  }

  @Get(':orderId')
  read(@IdParam('orderId') orderId: string, @WaitParam() waitMs: number) {
    if (!holds.includes(orderId)) throw new ProblemException(404, 'hold-not-found', `Nothing is held for ${orderId}`);
    return { orderId, waitMs };
  }

  @Post()
  @NoIdempotency()
  preview(@ValidBody(Shipment) shipment: Shipment) {
    return accepted(`/v1/holds/${shipment.orderId}`, shipment);
  }

  @Post(':orderId/release')
  release(@IdParam('orderId') orderId: string) {
    return { orderId };
  }
}

class HoldsModule {}
Module({ controllers: [HoldsController] })(HoldsModule);

let folder: string;
let issuer: LocalIssuer;
let app: NestExpressApplication;
let url: string;
let token: string;
const log: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ordergate-issuer-'));
  issuer = await LocalIssuer.open(folder);
  token = await issuer.token({ user: 'u-7', roles: ['credit-analyst'] });
  app = await createService({
    name: 'holds',
    module: HoldsModule,
    identity: {
      issuer: issuer.issuer,
      audience: issuer.audience,
      jwksUrl: issuer.jwksUrl,
      rolesClaim: 'ordergate_roles',
    },
    logger: createLogger('holds', { write: (line) => void log.push(line) }),
  });
  url = await listen(app, 0);
});

afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true });
});

async function call(method: string, path: string, body?: string, contentType = 'application/json') {
  const headers = { authorization: `Bearer ${token}`, ...(body !== undefined && { 'content-type': contentType }) };
  const response = await fetch(`${url}${path}`, { method, headers, ...(body !== undefined && { body }) });
  const type = response.headers.get('content-type') ?? '';
  return { response, status: response.status, type, answer: (await response.json()) as Record<string, unknown> };
}

describe('Every error is problem+json with a code', () => {
  it.each([
    { what: 'an unknown route', call: ['GET', '/v1/nothing'], status: 404, code: 'not-found' },
    { what: 'an unknown hold', call: ['GET', '/v1/holds/SO-9'], status: 404, code: 'hold-not-found' },
    { what: 'an id that is none', call: ['GET', '/v1/holds/-x'], status: 400, code: 'validation-failed' },
    { what: 'a broken escape in the path', call: ['GET', '/v1/holds/%FF'], status: 400, code: 'validation-failed' },
    { what: 'malformed JSON', call: ['POST', '/v1/holds', '{"orderId": '], status: 400, code: 'validation-failed' },
    {
      what: 'a body that is not JSON',
      call: ['POST', '/v1/holds', 'a=1', 'text/plain'],
      status: 400,
      code: 'validation-failed',
    },
    { what: 'a text instead of an object', call: ['POST', '/v1/holds', '"x"'], status: 400, code: 'validation-failed' },
    { what: 'a megabyte', call: ['POST', '/v1/holds', `"${'x'.repeat(1 << 20)}"`], status: 413, code: 'too-large' },
    {
      what: 'a write without a key',
      call: ['POST', '/v1/holds/SO-1/release', '{}'],
      status: 400,
      code: 'validation-failed',
    },
    { what: 'a limit out of bounds', call: ['GET', '/v1/holds?limit=201'], status: 400, code: 'validation-failed' },
    { what: 'a made-up cursor', call: ['GET', '/v1/holds?cursor=abc'], status: 400, code: 'validation-failed' },
    {
      what: 'a word that is none of the allowed',
      call: ['GET', '/v1/holds?status=lost'],
      status: 400,
      code: 'validation-failed',
    },
    { what: 'a wait without end', call: ['GET', '/v1/holds/SO-1?wait=90s'], status: 400, code: 'validation-failed' },
    { what: 'a database that is away', call: ['GET', '/v1/holds/away'], status: 503, code: 'not-ready' },
    { what: 'a mistake of ours', call: ['GET', '/v1/holds/broken'], status: 500, code: 'internal-error' },
  ])('$what: $status $code', async ({ call: [method, path, body, type], status, code }) => {
    const { answer, ...got } = await call(method!, path!, body, type);
    expect(got).toMatchObject({ status, type: expect.stringMatching('^application/problem\\+json') });
    expect(answer).toMatchObject({ status, code, type: `urn:ordergate:problem:${code}`, title: expect.any(String) });
  });

  it('names each field of a body that is not valid', async () => {
    const { answer } = await call('POST', '/v1/holds', '{"orderId":"-"}');
    expect(answer['errors']).toEqual([{ field: 'orderId', value: expect.anything(), problem: expect.any(String) }]);
  });

  it('tells nothing of our own mistakes but an id, under which the log has them', async () => {
    const { answer } = await call('GET', '/v1/holds/broken');
    expect(JSON.stringify(answer)).not.toContain('hunter2');
    const errorId = String(answer['instance']).replace('urn:uuid:', '');
    expect(log.find((line) => line.includes(errorId))).toContain('hunter2');
  });

  it('also without a token', async () => {
    const response = await fetch(`${url}/v1/holds`);
    expect(response.status).toBe(401);
    expect(response.headers.get('content-type')).toMatch('application/problem+json');
    expect(await response.json()).toMatchObject({ code: 'unauthenticated' });
  });
});

describe('What a controller gives and gets', () => {
  it('a list is read page by page to its end', async () => {
    const first = (await call('GET', '/v1/holds?limit=2')).answer;
    expect(first['items']).toEqual(['SO-1', 'SO-2']);
    const second = (await call('GET', `/v1/holds?limit=2&cursor=${String(first['next'])}`)).answer;
    expect(second).toEqual({ items: ['SO-3'] });
  });

  it('a wait comes in milliseconds, an id decoded', async () => {
    expect((await call('GET', '/v1/holds/SO%2D1?wait=5s')).answer).toEqual({ orderId: 'SO-1', waitMs: 5000 });
  });

  it('an answer carries its status and location', async () => {
    const { response, answer } = await call('POST', '/v1/holds', '{"orderId":"SO-1"}');
    expect([response.status, response.headers.get('location')]).toEqual([202, '/v1/holds/SO-1']);
    expect(answer).toEqual({ orderId: 'SO-1' });
  });
});

describe('Operations', () => {
  it('ready names the part that is not', async () => {
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);
    const leave = app.get(HealthState).register('business day', () => 'no day is known');
    const response = await fetch(`${url}/health/ready`);
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ code: 'not-ready', detail: 'business day: no day is known' });
    leave();
  });

  it('metrics are for ops, and count requests by route', async () => {
    expect((await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${token}` } })).status).toBe(403);
    const ops = await issuer.token({ user: 'u-1', roles: ['ops'] });
    const text = await (await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${ops}` } })).text();
    expect(text).toMatch(/http_request_duration_seconds_count\{.*route="\/v1\/holds\/:orderId"/);
  });

  it('the description of the API is public and says what a body must be and who may call', async () => {
    const document = (await (await fetch(`${url}/openapi.json`)).json()) as any;
    const preview = document.paths['/v1/holds'].post;
    expect(preview.requestBody.content['application/json'].schema).toMatchObject({ required: ['orderId'] });
    expect(preview.security).toEqual([{ bearer: [] }]);
    expect(preview.description).toContain('Roles: credit-analyst.');
    const { parameters } = document.paths['/v1/holds/{orderId}'].get;
    expect(parameters.map(({ name }: { name: string }) => name).sort()).toEqual(['orderId', 'wait']);
    const { parameters: keys } = document.paths['/v1/holds/{orderId}/release'].post;
    expect(keys).toContainEqual(expect.objectContaining({ name: 'Idempotency-Key', in: 'header', required: true }));
    expect(JSON.stringify(preview)).not.toContain('dempotency');
    expect(document.paths['/health/live'].get.security).toBeUndefined();
  });

  it('its page needs nothing from elsewhere', async () => {
    const html = await (await fetch(`${url}/docs`)).text();
    expect(html).not.toMatch(/(src|href)=['"](https?:)?\/\//);
    for (const [, path] of html.matchAll(/(?:src|href)=['"]\.\/([^'"]+)/g)) {
      expect([path, (await fetch(`${url}/${path}`)).status]).toEqual([path, 200]);
    }
  });

  it('every route is closed to who may not use it', async () => {
    const routes = walkRoutes(app);
    expect(routes.map(({ method, path }) => `${method} ${path}`)).toContain('POST /v1/holds/:orderId/release');
    const { requests, holes } = await proveRoutesAreClosed(url, routes, issuer);
    expect(holes).toEqual([]);
    expect(requests).toBe(7 * 6);
  });
});
