import { writeEvent, type Topic } from '@ordergate/contracts';
import type { RawRecord } from './delivery.ts';

export const anOrder = {
  orderId: 'O-1',
  orderVersion: 1,
  customerId: 'C-42',
  total: { amount: '12.50', currency: 'EUR' },
  placedAt: '2026-11-21T10:00:00Z',
};

let offset = 0;

/** A record with these bytes and headers. */
export function rawRecord(value: Buffer | string | null, more: Partial<RawRecord> = {}): RawRecord {
  offset += 1;
  return {
    topic: 'orders',
    partition: 3,
    offset: String(offset),
    key: Buffer.from('C-42'),
    value: typeof value === 'string' ? Buffer.from(value) : value,
    headers: {},
    ...more,
  };
}

/** An event in binary mode, as a record. */
export function eventRecord(
  data: object,
  {
    type = 'OrderPlaced.v1',
    id = 'e-1',
    source = '/shop',
    ...more
  }: Partial<RawRecord> & {
    type?: string;
    id?: string;
    source?: string;
    topic?: Topic;
  } = {},
): RawRecord {
  const { headers, value } = writeEvent({ id, type, source, time: '2026-11-21T10:00:00Z', data });
  return rawRecord(value, { ...more, headers: { ...headers, ...more.headers } });
}
