import { messageOf, parse, readEvent, type Topic } from '@ordergate/contracts';
import type { Delivery, RawRecord, Undecided } from './delivery.ts';
import { partitionOf } from './partition-of.ts';

/** What a subscription expects of the records on its topic. */
export interface Expected {
  topic: Topic;
  types: readonly string[];
  /** Our own output topics may carry types that a newer release added: skipped, not dead-lettered. */
  skipsUnknownTypes: boolean;
  /** Compacted topics: a null value says that the key is gone. Delivered as this type. */
  tombstoneType?: string;
  /** Set where the record must be on murmur2's partition of its customer; the number of partitions. */
  keyedPartitions?: number;
}

export type Decoded =
  | { kind: 'delivery'; delivery: Delivery }
  | { kind: 'malformed'; undecided: Undecided }
  /** Came to a partition that is not its customer's: SEMANTICS.md 17. */
  | { kind: 'misplaced'; undecided: Undecided }
  | { kind: 'skipped'; type: string };

/** Reads one record for the lane of a partition. Never throws, whatever the bytes are. */
export function decode(record: RawRecord, expected: Expected, lanePartition = record.partition): Decoded {
  const decoded = decodeSafely(record, expected);
  const cause =
    decoded.kind === 'delivery' ? decoded.delivery : decoded.kind === 'skipped' ? undefined : decoded.undecided;
  if (cause) cause.partition = lanePartition;
  return decoded;
}

/** A record that nothing can be done with, for a reason that its reader has found itself. */
export function refuse(record: RawRecord, field: string, problem: string, lanePartition = record.partition): Decoded {
  const undecided: Undecided = {
    ...causeOf(record, ''),
    partition: lanePartition,
    because: 'malformed',
    type: undefined,
    data: undefined,
    violations: [sentence({ field, value: '', problem })],
  };
  return { kind: 'malformed', undecided };
}

/** Reading is code too: an error in it would stop the consumer for good, so it becomes a dead letter. */
function decodeSafely(record: RawRecord, expected: Expected): Decoded {
  try {
    return decodeInPlace(record, expected);
  } catch (error) {
    return refuse(record, 'value', `cannot be read: ${(error as Error).message}`);
  }
}

function decodeInPlace(record: RawRecord, expected: Expected): Decoded {
  if (record.value === null && expected.tombstoneType) return tombstone(record, expected, expected.tombstoneType);
  const read = readEvent(record as never);
  if (!read.ok) {
    const { type, data } = readableParts(record);
    return malformed(record, expected, type, data, [...read.violations, ...bodyViolations(type, data)]);
  }
  const { event } = read;
  const definition = messageOf(event.type);
  if (!definition) {
    if (expected.skipsUnknownTypes) return { kind: 'skipped', type: event.type };
    return malformed(
      record,
      expected,
      event.type,
      event.data,
      [{ field: 'ce_type', value: event.type, problem: `must be a known message type of ${expected.topic}` }],
      event,
    );
  }
  if (!expected.types.includes(event.type)) {
    if (definition.topic === expected.topic || expected.skipsUnknownTypes) return { kind: 'skipped', type: event.type };
    return malformed(
      record,
      expected,
      event.type,
      event.data,
      [{ field: 'ce_type', value: event.type, problem: `belongs on ${definition.topic}, not on ${expected.topic}` }],
      event,
    );
  }
  const parsed = parse(event.type, event.data);
  if (!parsed.ok) return malformed(record, expected, event.type, event.data, parsed.violations, event);
  const customerId = (parsed.message as { customerId?: string }).customerId ?? '';
  const cause = causeOf(record, customerId, event);
  if (isMisplaced(record, customerId, expected)) {
    const undecided: Undecided = { ...cause, because: 'malformed', type: event.type, data: event.data, violations: [] };
    return { kind: 'misplaced', undecided };
  }
  return { kind: 'delivery', delivery: { ...cause, type: event.type, time: event.time, message: parsed.message } };
}

function isMisplaced(record: RawRecord, customerId: string, { keyedPartitions }: Expected): boolean {
  if (!keyedPartitions || customerId === '') return false;
  return partitionOf(customerId, keyedPartitions) !== record.partition || record.key?.toString() !== customerId;
}

interface EventNames {
  id: string;
  source: string;
  correlationId?: string | undefined;
  traceparent?: string | undefined;
}

function causeOf(record: RawRecord, customerId: string, event?: EventNames) {
  return {
    id: event?.id ?? `${record.topic}-${record.partition}-${record.offset}`,
    source: event?.source ?? 'kafka',
    correlationId: event?.correlationId,
    traceparent: event?.traceparent,
    partition: record.partition,
    customerId,
    record,
  };
}

interface Violation {
  field: string;
  value: string;
  problem: string;
}

/** What of a record with a broken envelope can still be read: enough to answer the sender of an order. */
function readableParts(record: RawRecord): { type: string | undefined; data: unknown } {
  const type = record.headers['ce_type']?.toString();
  let json: unknown;
  try {
    json = JSON.parse(record.value?.toString() ?? '');
  } catch {
    return { type, data: undefined };
  }
  if (!/^application\/cloudevents\+json/i.test(String(record.headers['content-type']))) return { type, data: json };
  const envelope = (json ?? {}) as { type?: unknown; data?: unknown };
  return { type: typeof envelope.type === 'string' ? envelope.type : undefined, data: envelope.data };
}

/** Every violation is named at once: a broken envelope does not hide a broken body. */
function bodyViolations(type: string | undefined, data: unknown): readonly Violation[] {
  if (type === undefined || data === undefined || !messageOf(type)) return [];
  const parsed = parse(type, data);
  return parsed.ok ? [] : parsed.violations;
}

function malformed(
  record: RawRecord,
  expected: Expected,
  type: string | undefined,
  data: unknown,
  violations: readonly Violation[],
  event?: EventNames,
): Decoded {
  const customerId = readableCustomerId(data);
  const undecided: Undecided = {
    ...causeOf(record, customerId, event),
    because: 'malformed',
    type,
    data,
    violations: violations.map(sentence),
  };
  if (isMisplaced(record, customerId, expected)) return { kind: 'misplaced', undecided };
  return { kind: 'malformed', undecided };
}

function sentence({ field, value, problem }: Violation): string {
  const shown = value === '' || value === '(absent)' ? '' : ` (it is ${value})`;
  return `${field === '' ? 'value' : field} ${problem}${shown}`;
}

const identifier = /^[A-Za-z0-9][A-Za-z0-9._:/-]{0,63}$/;

/** The customer a broken message is about, if that much can be read. */
function readableCustomerId(data: unknown): string {
  const customerId = (data as { customerId?: unknown } | null | undefined)?.customerId;
  return typeof customerId === 'string' && identifier.test(customerId) ? customerId : '';
}

function tombstone(record: RawRecord, expected: Expected, type: string): Decoded {
  const customerId = record.key?.toString() ?? '';
  if (!identifier.test(customerId)) return refuse(record, 'key', 'must be the id of what is deleted');
  const cause = causeOf(record, customerId);
  if (isMisplaced(record, customerId, expected)) {
    return { kind: 'misplaced', undecided: { ...cause, because: 'malformed', type, data: undefined, violations: [] } };
  }
  return { kind: 'delivery', delivery: { ...cause, type, time: undefined, message: { customerId } } };
}
