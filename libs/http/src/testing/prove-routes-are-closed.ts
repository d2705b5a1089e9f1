import { LocalIssuer, ROLES, type Route } from '@ordergate/identity';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface ClosedRoutes {
  /** Requests made. */
  requests: number;
  /** Every answer that should have been a refusal and was not: [] = closed. */
  holes: string[];
}

interface Attempt {
  what: string;
  token?: string;
  refusedWith: number;
}

const openToEverybody = /^\/(health\/(live|ready)|openapi\.json|docs(\/.*)?)$/;

/**
 * Asks every route of a running service with real requests: no token, an expired one, one of another key, one for
 * another audience, one of another issuer (401 each), and one without the role (403). `issuer` is whose tokens the
 * service accepts.
 */
export async function proveRoutesAreClosed(
  baseUrl: string,
  routes: Route[],
  issuer: LocalIssuer,
): Promise<ClosedRoutes> {
  const attempts = await forbiddenAttempts(issuer);
  const holes = routes
    .filter(({ isPublic, path }) => isPublic && !openToEverybody.test(path))
    .map(({ method, path }) => `${method} ${path} is public`);
  let requests = 0;
  for (const { method, path } of routes.filter(({ isPublic }) => !isPublic)) {
    for (const attempt of attempts) {
      const status = await ask(`${baseUrl}${path.replace(/:\w+/g, 'probe')}`, method, attempt);
      requests += 1;
      if (status !== attempt.refusedWith) holes.push(`${method} ${path} answers ${status} to ${attempt.what}`);
    }
  }
  return { requests, holes };
}

async function forbiddenAttempts(issuer: LocalIssuer): Promise<Attempt[]> {
  const folder = await mkdtemp(join(tmpdir(), 'ordergate-foreign-issuer-'));
  const foreign = await LocalIssuer.open(folder);
  await rm(folder, { recursive: true });
  const everyRole = { user: 'u-probe', roles: ROLES };
  return [
    { what: 'a request without a token', refusedWith: 401 },
    { what: 'an expired token', token: await issuer.token({ ...everyRole, expiresIn: '-1m' }), refusedWith: 401 },
    { what: "another key's token", token: await foreign.token(everyRole), refusedWith: 401 },
    {
      what: 'a token for another audience',
      token: await issuer.token({ ...everyRole, audience: 'x' }),
      refusedWith: 401,
    },
    { what: 'a token of another issuer', token: await issuer.token({ ...everyRole, issuer: 'x' }), refusedWith: 401 },
    { what: 'a token without the role', token: await issuer.token({ ...everyRole, roles: [] }), refusedWith: 403 },
  ];
}

async function ask(url: string, method: string, { token }: Attempt): Promise<number> {
  const response = await fetch(url, { method, headers: token ? { authorization: `Bearer ${token}` } : {} });
  await response.arrayBuffer();
  return response.status;
}
