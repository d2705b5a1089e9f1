import { readFile, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { createLocalJWKSet, createRemoteJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';

/** The issuer's keys could not be read: says nothing about the token. */
export class KeysUnavailable extends Error {}

/** Finds the key that signed a token. A new key of the issuer is noticed without a restart. */
export function issuerKeys(jwksUrl: string): JWTVerifyGetKey {
  const url = parseUrl(jwksUrl);
  if (url.protocol === 'file:') return keysOfFile(fileURLToPath(url));
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new Error(`ORDERGATE_JWKS must be a file:, https: or http: URL, not "${jwksUrl}"`);
  }
  const remote = createRemoteJWKSet(url, { timeoutDuration: 5000, cooldownDuration: 30_000, cacheMaxAge: 600_000 });
  return async (header, token) => {
    try {
      return await remote(header, token);
    } catch (error) {
      throw isAboutTheKey(error) ? error : new KeysUnavailable(`The issuer's keys at ${jwksUrl} cannot be fetched`);
    }
  };
}

function parseUrl(text: string): URL {
  if (!URL.canParse(text)) throw new Error(`ORDERGATE_JWKS must be a file:, https: or http: URL, not "${text}"`);
  return new URL(text);
}

const isAboutTheKey = (error: unknown): boolean =>
  error instanceof errors.JWKSNoMatchingKey ||
  error instanceof errors.JWKSMultipleMatchingKeys ||
  error instanceof errors.JOSENotSupported;

function keysOfFile(path: string): JWTVerifyGetKey {
  let readAt = -1;
  let keys: JWTVerifyGetKey;
  return async (header, token) => {
    try {
      // The time of change, asked each time, is what makes a removed key refused at once.
      const { mtimeMs } = await stat(path);
      if (mtimeMs !== readAt) {
        keys = createLocalJWKSet(JSON.parse(await readFile(path, 'utf8')) as JSONWebKeySet);
        readAt = mtimeMs;
      }
    } catch {
      throw new KeysUnavailable(`The issuer's keys in ${path} cannot be read`);
    }
    return keys(header, token);
  };
}
