import { isUtf8 } from 'node:buffer';
import type { RawRecord } from './delivery.ts';

/** A value as JSON can hold it: text where it is text, else its bytes. */
export type StoredBytes = string | { base64: string };
export type StoredHeaders = Record<string, StoredBytes | StoredBytes[]>;

/** Headers as they can stand in a JSON column and come back byte for byte. */
export function storeHeaders(headers: RawRecord['headers']): StoredHeaders {
  const stored: StoredHeaders = {};
  for (const [name, value] of Object.entries(headers)) {
    // Postgres' JSON takes no NUL, so in a name, where no bytes can stand, it is spelled out.
    if (value !== undefined) stored[name.replaceAll('\0', '\\0')] = storeOne(value);
  }
  return stored;
}

function storeOne(value: Buffer | string | (Buffer | string)[]): StoredBytes | StoredBytes[] {
  return Array.isArray(value) ? value.map(storeBytes) : storeBytes(value);
}

export function storeBytes(value: Buffer | string): StoredBytes {
  if (typeof value === 'string')
    return value.includes('\0') ? { base64: Buffer.from(value).toString('base64') } : value;
  return isUtf8(value) && !value.includes(0) ? value.toString() : { base64: value.toString('base64') };
}

/** What is text throughout, as our own messages are, is returned as it is. */
export function restoreHeaders(stored: StoredHeaders): Record<string, Buffer | string | (Buffer | string)[]> {
  if (isText(stored)) return stored;
  return Object.fromEntries(
    Object.entries(stored).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.map(restoreBytes) : restoreBytes(value),
    ]),
  );
}

function isText(stored: StoredHeaders): stored is Record<string, string> {
  return Object.values(stored).every((value) => typeof value === 'string');
}

export function restoreBytes(stored: StoredBytes): Buffer | string {
  return typeof stored === 'string' ? stored : Buffer.from(stored.base64, 'base64');
}
