import { randomFillSync } from 'node:crypto';

// Ids for about a thousand messages are drawn at once: a call to the system per message would cost more than the id.
const pool = Buffer.alloc(8192);
let hex = '';
let used = 0;

/** `bytes` random bytes as hex. */
function randomHex(bytes: number): string {
  const digits = bytes * 2;
  if (used + digits > hex.length) {
    hex = randomFillSync(pool).toString('hex');
    used = 0;
  }
  used += digits;
  return hex.slice(used - digits, used);
}

const shape = /^(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}/;

const isTraceparent = (text: string): boolean =>
  shape.test(text) && (text.length === 55 || (text[55] === '-' && !text.startsWith('00')));

/**
 * The W3C `traceparent` to send with what a message or request caused: the parent's trace and flags under a new span,
 * or a new sampled trace if there is no parent or it cannot be read. Cheap enough for every message.
 */
export function childTraceparent(parent?: string): string {
  if (parent === undefined || !isTraceparent(parent)) return `00-${randomHex(16)}-${randomHex(8)}-01`;
  return `00-${parent.slice(3, 35)}-${randomHex(8)}-${parent.slice(53, 55)}`;
}

/** The trace id of a `traceparent` (32 hex digits), for log lines; undefined if it cannot be read. */
export function traceIdOf(traceparent?: string): string | undefined {
  return traceparent !== undefined && isTraceparent(traceparent) ? traceparent.slice(3, 35) : undefined;
}
