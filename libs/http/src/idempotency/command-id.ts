import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { User } from '@ordergate/identity';
import type { Request } from 'express';
import { createHash, randomBytes } from 'node:crypto';

const commandNamespace = 'b3f1c1f6-6a0e-5d0b-9d0f-5f6f0c8a1e27';

/** What an Idempotency-Key is unique within. The path as called: the same key for another order is another command. */
export function routeOf(request: Request): string {
  return `${request.method} ${request.path}`;
}

/**
 * The id of the command that a request is: `@CommandId() commandId: string`. A UUIDv5 of user, route and
 * Idempotency-Key, so that a repeated request is the same command; without a key a new UUIDv7.
 */
export const CommandId = createParamDecorator((_: unknown, context: ExecutionContext): string => {
  const request = context.switchToHttp().getRequest<Request & { user?: User }>();
  const key = request.header('idempotency-key');
  if (!key) return uuidV7(Date.now());
  // None of the three can contain a line break.
  return uuidV5(commandNamespace, [request.user?.id ?? '', routeOf(request), key].join('\n'));
});

/** RFC 9562 version 5: the same name in the same namespace is always the same id. */
export function uuidV5(namespace: string, name: string): string {
  const namespaceBytes = Buffer.from(namespace.replaceAll('-', ''), 'hex');
  return withVersion(createHash('sha1').update(namespaceBytes).update(name).digest().subarray(0, 16), 5);
}

/** RFC 9562 version 7: ids sort by the millisecond they were made in. */
export function uuidV7(nowMs: number): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(nowMs, 0, 6);
  return withVersion(bytes, 7);
}

function withVersion(bytes: Buffer, version: number): string {
  bytes[6] = (bytes[6]! & 0x0f) | (version << 4);
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
