import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exportSPKI, generateKeyPair, importJWK, SignJWT, UnsecuredJWT, type CryptoKey, type JWK } from 'jose';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LocalIssuer } from './local-issuer.ts';
import { TokenRefused, TokenVerifier } from './token-verifier.ts';

let folder: string;
let issuer: LocalIssuer;
let verifier: TokenVerifier;

const settingsOf = ({ issuer: name, audience, jwksUrl }: LocalIssuer, rolesClaim = 'ordergate_roles') => ({
  issuer: name,
  audience,
  jwksUrl,
  rolesClaim,
});

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ordergate-issuer-'));
  issuer = await LocalIssuer.open(folder);
  verifier = new TokenVerifier(settingsOf(issuer));
});

afterAll(() => rm(folder, { recursive: true }));

const manager = { user: 'u-7', roles: ['credit-manager'] as const };

const claims = (token: SignJWT) =>
  token.setSubject('u-7').setIssuer(issuer.issuer).setAudience(issuer.audience).setExpirationTime('1h');

const publicJwk = async (): Promise<JWK> =>
  (JSON.parse(await readFile(fileURLToPath(issuer.jwksUrl), 'utf8')) as { keys: JWK[] }).keys[0]!;

const privateKey = async () =>
  importJWK(JSON.parse(await readFile(join(folder, 'issuer/private.jwk.json'), 'utf8')) as JWK, 'ES256');

describe('A token of the issuer', () => {
  it('says who calls, with which roles, for whose customers', async () => {
    const token = await issuer.token({ user: 'u-7', roles: ['sales', 'collector'], salesReps: ['R-7'] });
    expect(await verifier.verify(token)).toMatchObject({
      id: 'u-7',
      roles: ['sales', 'collector'],
      salesReps: ['R-7'],
    });
  });

  it('gives no role that Ordergate does not know', async () => {
    const token = await issuer.token({ user: 'u-7', roles: ['emperor' as 'sales', 'sales'] });
    expect((await verifier.verify(token)).roles).toEqual(['sales']);
  });

  it('may carry its roles in a claim of another name or depth', async () => {
    const nested = new TokenVerifier(settingsOf(issuer, 'realm_access.roles'));
    const token = await claims(new SignJWT({ realm_access: { roles: ['ops'] } }))
      .setProtectedHeader({ alg: 'ES256', kid: (await publicJwk()).kid! })
      .sign(await privateKey());
    expect((await nested.verify(token)).roles).toEqual(['ops']);
  });
});

describe('A token is refused', () => {
  const refused: { what: string; token: () => Promise<string>; because: RegExp }[] = [
    { what: 'expired', token: () => issuer.token({ ...manager, expiresIn: '-1m' }), because: /has expired/ },
    {
      what: 'for another audience',
      token: () => issuer.token({ ...manager, audience: 'payroll' }),
      because: /another audience/,
    },
    {
      what: 'of another issuer',
      token: () => issuer.token({ ...manager, issuer: 'urn:x' }),
      because: /another issuer/,
    },
    { what: "of a stranger's key", token: strangersToken, because: /key that the issuer does not know/ },
    {
      what: "of a stranger's key under the issuer's key id",
      token: forgedKeyId,
      because: /signature is not the issuer's/,
    },
    { what: 'without a signature (alg none)', token: unsigned, because: /algorithm|cannot be read/ },
    {
      what: "signed with the issuer's public key as an HMAC secret",
      token: hmacWithPublicKey,
      because: /algorithm is not one of/,
    },
    { what: 'not valid yet', token: ofTomorrow, because: /not valid yet/ },
    { what: 'without an end', token: endless, because: /lacks the claim exp/ },
    { what: 'without a user', token: () => issuer.token({ ...manager, user: '' }), because: /user id/ },
    { what: 'whose user holds a NUL', token: () => issuer.token({ ...manager, user: 'u\0' }), because: /user id/ },
    { what: 'of changed content', token: tampered, because: /signature is not the issuer's/ },
    { what: 'that is no token', token: () => Promise.resolve('hello'), because: /cannot be read/ },
  ];

  it.each(refused)('$what', async ({ token, because }) => {
    const text = await token();
    await expect(verifier.verify(text)).rejects.toThrow(TokenRefused);
    await expect(verifier.verify(text)).rejects.toThrow(because);
  });

  async function strangersToken() {
    const other = await mkdtemp(join(tmpdir(), 'ordergate-stranger-'));
    return (await LocalIssuer.open(other)).token(manager);
  }

  async function forgedKeyId() {
    const { privateKey: key } = await generateKeyPair('ES256');
    return claims(new SignJWT())
      .setProtectedHeader({ alg: 'ES256', kid: (await publicJwk()).kid! })
      .sign(key);
  }

  async function unsigned() {
    return new UnsecuredJWT({ ordergate_roles: ['ops'] })
      .setSubject('u-7')
      .setIssuer(issuer.issuer)
      .setAudience(issuer.audience)
      .setExpirationTime('1h')
      .encode();
  }

  async function hmacWithPublicKey() {
    const jwk = await publicJwk();
    const secret = new TextEncoder().encode(await exportSPKI((await importJWK(jwk, 'ES256')) as CryptoKey));
    return claims(new SignJWT()).setProtectedHeader({ alg: 'HS256', kid: jwk.kid! }).sign(secret);
  }

  async function ofTomorrow() {
    const token = claims(new SignJWT()).setNotBefore('1d').setExpirationTime('2d');
    return token.setProtectedHeader({ alg: 'ES256', kid: (await publicJwk()).kid! }).sign(await privateKey());
  }

  async function endless() {
    const token = new SignJWT().setSubject('u-7').setIssuer(issuer.issuer).setAudience(issuer.audience);
    return token.setProtectedHeader({ alg: 'ES256', kid: (await publicJwk()).kid! }).sign(await privateKey());
  }

  async function tampered() {
    const [header, , signature] = (await issuer.token(manager)).split('.');
    const exp = Math.floor(Date.now() / 1000) + 3600;
    const payload = { sub: 'u-1', iss: issuer.issuer, aud: issuer.audience, exp, ordergate_roles: ['ops'] };
    return [header, Buffer.from(JSON.stringify(payload)).toString('base64url'), signature].join('.');
  }
});

describe("The issuer's keys", () => {
  it('stay the same from one start to the next, the private one readable by its owner only', async () => {
    const again = await LocalIssuer.open(folder);
    expect((await verifier.verify(await again.token(manager))).id).toBe('u-7');
    expect((await stat(join(folder, 'issuer/private.jwk.json'))).mode & 0o777).toBe(0o600);
    expect(await publicJwk()).not.toHaveProperty('d');
  });

  it('may change without a restart: the new one is accepted, the old one no more', async () => {
    const changing = await mkdtemp(join(tmpdir(), 'ordergate-issuer-'));
    const before = await LocalIssuer.open(changing);
    const watching = new TokenVerifier(settingsOf(before));
    const oldToken = await before.token(manager);
    expect((await watching.verify(oldToken)).id).toBe('u-7');

    await rm(join(changing, 'issuer/private.jwk.json'));
    const after = await LocalIssuer.open(changing);
    expect((await watching.verify(await after.token(manager))).id).toBe('u-7');
    await expect(watching.verify(oldToken)).rejects.toThrow(/does not know/);
    await rm(changing, { recursive: true });
  });

  it('that cannot be read refuse everybody, and say that it is not the token', async () => {
    const broken = join(folder, 'broken.json');
    await writeFile(broken, '{');
    const blind = new TokenVerifier({ ...settingsOf(issuer), jwksUrl: `file://${broken}` });
    await expect(blind.verify(await issuer.token(manager))).rejects.toMatchObject({ refusal: 'keys-unavailable' });
  });

  it('may lie with an identity provider, who must answer', async () => {
    const server = createServer(
      (_, response) => void publicJwk().then((key) => response.end(JSON.stringify({ keys: [key] }))),
    );
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const settings = { ...settingsOf(issuer), jwksUrl: `http://127.0.0.1:${port}/jwks` };
    expect((await new TokenVerifier(settings).verify(await issuer.token(manager))).id).toBe('u-7');

    server.closeAllConnections();
    server.close();
    await once(server, 'close');
    const late = new TokenVerifier(settings).verify(await issuer.token(manager));
    await expect(late).rejects.toMatchObject({ refusal: 'keys-unavailable' });
  });

  it('are not taken from anywhere else', () => {
    expect(() => new TokenVerifier({ ...settingsOf(issuer), jwksUrl: 'ftp://x/jwks' })).toThrow(
      /ORDERGATE_JWKS must be/,
    );
    expect(() => new TokenVerifier({ ...settingsOf(issuer), jwksUrl: 'jwks.json' })).toThrow(/ORDERGATE_JWKS must be/);
  });
});
