import { hash } from 'node:crypto';
import { parse, stringify } from 'uuid';

const namespace = parse('6f2d7a0e-53c5-5d7e-8a3f-0d6b7a5f1c42');

/** UUIDv5 of customer and seq, so that the same decision always has the same id. `uuid` makes a hash object for each: 4 µs. */
export function decisionIdOf(customerId: string, seq: bigint): string {
  const name = Buffer.concat([namespace, Buffer.from(`${customerId} ${seq}`)]);
  const id = hash('sha1', name, 'buffer').subarray(0, 16);
  id[6] = (id[6]! & 0x0f) | 0x50;
  id[8] = (id[8]! & 0x3f) | 0x80;
  return stringify(id);
}
