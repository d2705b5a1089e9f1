import { link, mkdir, readFile, rename, unlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, SignJWT } from 'jose';
import type { CryptoKey, JWK } from 'jose';
import type { Role } from './roles.ts';

// Free of decorators, so that tools/token.ts and infra/local run it without a build.

/** `iss` of the tokens that are made on one's own machine. */
export const LOCAL_ISSUER = 'urn:ordergate:local';
/** `aud` of Ordergate's services on one's own machine. */
export const LOCAL_AUDIENCE = 'ordergate';

export interface TokenRequest {
  user: string;
  roles: readonly Role[];
  /** Whose orders the role `sales` sees. */
  salesReps?: readonly string[];
  /** How long it lasts, such as `12h`, `30m`, `-1m` (already over); default 12 hours. */
  expiresIn?: string;
  /** Other `iss` and `aud` than the local ones, for tests of what is refused. */
  issuer?: string;
  audience?: string;
}

/** Issues tokens on one's own machine and in tests; a real installation has an identity provider for it. */
export class LocalIssuer {
  readonly issuer = LOCAL_ISSUER;
  readonly audience = LOCAL_AUDIENCE;
  /** `file:` URL of the public keys, for ORDERGATE_JWKS. */
  readonly jwksUrl: string;
  private readonly key: CryptoKey;
  private readonly keyId: string;

  private constructor(jwksUrl: string, key: CryptoKey, keyId: string) {
    this.jwksUrl = jwksUrl;
    this.key = key;
    this.keyId = keyId;
  }

  /** The issuer whose ES256 key lies under `<directory>/issuer/`; made at the first call, readable by its owner only. */
  static async open(directory: string): Promise<LocalIssuer> {
    const folder = resolve(directory, 'issuer');
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const jwk = await ownKey(join(folder, 'private.jwk.json'));
    const jwksPath = join(folder, 'jwks.json');
    await writePublicKeys(jwksPath, jwk);
    return new LocalIssuer(pathToFileURL(jwksPath).href, (await importJWK(jwk, 'ES256')) as CryptoKey, jwk.kid!);
  }

  /** A signed bearer token. */
  async token({ user, roles, salesReps, expiresIn = '12h', issuer, audience }: TokenRequest): Promise<string> {
    return new SignJWT({ ordergate_roles: roles, ...(salesReps && { ordergate_sales_reps: salesReps }) })
      .setProtectedHeader({ alg: 'ES256', kid: this.keyId, typ: 'JWT' })
      .setSubject(user)
      .setIssuer(issuer ?? this.issuer)
      .setAudience(audience ?? this.audience)
      .setIssuedAt()
      .setExpirationTime(expiresIn.startsWith('-') ? `${expiresIn.slice(1)} ago` : expiresIn)
      .sign(this.key);
  }
}

async function ownKey(path: string): Promise<JWK> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const jwk = await exportJWK(privateKey);
  const fresh = { ...jwk, alg: 'ES256', use: 'sig', kid: await calculateJwkThumbprint(jwk) };
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, JSON.stringify(fresh), { mode: 0o600 });
  try {
    // A link appears whole or not at all: of two processes that start at once, one's key stands and both read it.
    await link(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await unlink(draft);
  }
  return JSON.parse(await readFile(path, 'utf8')) as JWK;
}

async function writePublicKeys(path: string, { d: _private, ...publicKey }: JWK): Promise<void> {
  const text = JSON.stringify({ keys: [publicKey] });
  if ((await readFile(path, 'utf8').catch(() => '')) === text) return;
  // By rename, so that a service never reads half a file.
  await writeFile(`${path}.${process.pid}`, text);
  await rename(`${path}.${process.pid}`, path);
}
