import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get, Module, type INestApplication, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AllowRoles, CurrentUser, Public } from './decorators.ts';
import { IdentityModule } from './identity.module.ts';
import { LocalIssuer } from './local-issuer.ts';
import { readers } from './roles.ts';
import type { User } from './user.ts';
import { walkRoutes } from './walk-routes.ts';

@Public()
@Controller('holds')
class HoldsController {
  @Get(':orderId')
  @AllowRoles(...readers('credit-analyst'))
  read(@CurrentUser() user: User): User {
    return user;
  }

  @Get()
  welcome(): string {
    return 'hello';
  }
}

@Controller('forgotten')
class ForgottenController {
  @Get()
  read(): string {
    return 'secret';
  }
}

let folder: string;
let issuer: LocalIssuer;
let app: INestApplication;
let url: string;

async function appOf(controller: Type, { withCheck }: { withCheck: boolean }): Promise<INestApplication> {
  const settings = {
    issuer: issuer.issuer,
    audience: issuer.audience,
    jwksUrl: issuer.jwksUrl,
    rolesClaim: 'ordergate_roles',
  };
  const identity = IdentityModule.forService(settings);
  const providers = identity.providers!.filter((provider) => withCheck || typeof provider !== 'function');
  class App {}
  Module({ imports: [{ ...identity, providers }], controllers: [controller] })(App);
  return NestFactory.create(App, { logger: false, abortOnError: false });
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ordergate-issuer-'));
  issuer = await LocalIssuer.open(folder);
  app = await appOf(HoldsController, { withCheck: true });
  await app.listen(0, '127.0.0.1');
  url = await app.getUrl();
});

afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true });
});

const call = (path: string, token?: string) =>
  fetch(`${url}${path}`, { headers: token ? { authorization: `Bearer ${token}` } : {} });

describe('A route', () => {
  it('answers who has the role, and knows who it is', async () => {
    const response = await call('/holds/SO-1', await issuer.token({ user: 'u-7', roles: ['credit-analyst'] }));
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      id: 'u-7',
      roles: ['credit-analyst'],
      salesReps: [],
      expiresAt: expect.any(String),
    });
  });

  it('that only reads answers the auditor', async () => {
    expect((await call('/holds/SO-1', await issuer.token({ user: 'u-8', roles: ['auditor'] }))).status).toBe(200);
  });

  it('answers 403 and names the role to who lacks it', async () => {
    const response = await call('/holds/SO-1', await issuer.token({ user: 'u-7', roles: ['sales'] }));
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({
      code: 'role-missing',
      detail: expect.stringContaining('credit-analyst'),
    });
  });

  it('answers 401 without a token and asks for one', async () => {
    const response = await call('/holds/SO-1');
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe('Bearer realm="ordergate"');
  });

  it('answers 401 to an expired token and says so', async () => {
    const response = await call('/holds/SO-1', await issuer.token({ user: 'u', roles: ['auditor'], expiresIn: '-1m' }));
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toContain(
      'error="invalid_token", error_description="The token has expired"',
    );
  });

  it('is public where it says so, and its method stands over its controller', async () => {
    expect((await call('/holds')).status).toBe(200);
    expect(walkRoutes(app)).toEqual([
      {
        method: 'GET',
        path: '/holds/:orderId',
        roles: ['credit-analyst', 'auditor'],
        isPublic: false,
        handler: 'HoldsController.read',
      },
      { method: 'GET', path: '/holds', roles: [], isPublic: true, handler: 'HoldsController.welcome' },
    ]);
  });
});

describe('A route about which nobody said who may call it', () => {
  it('stops the start and is named', async () => {
    const forgetful = await appOf(ForgottenController, { withCheck: true });
    await expect(forgetful.init()).rejects.toThrow('GET /forgotten (ForgottenController.read)');
  });

  it('is closed to every role, should it be served all the same', async () => {
    const forgetful = await appOf(ForgottenController, { withCheck: false });
    await forgetful.listen(0, '127.0.0.1');
    const token = await issuer.token({ user: 'u-7', roles: ['ops', 'auditor', 'credit-manager'] });
    const headers = { authorization: `Bearer ${token}` };
    expect((await fetch(`${await forgetful.getUrl()}/forgotten`, { headers })).status).toBe(403);
    await forgetful.close();
  });
});
