import { isUtf8 } from 'node:buffer';
import { shown, type Violation } from '../parse/violation.ts';
import { type Attributes, attributeViolations, eventOf } from './attributes.ts';
import type { EventRead, EventRecord } from './cloud-event.ts';

type JsonRead = { readonly ok: true; readonly json: unknown } | { readonly ok: false; readonly violation: Violation };

const structured = /^application\/cloudevents\+json\s*(?:;|$)/i;
const batched = /^application\/cloudevents-batch/i;
const jsonContent = /^(?:application\/json|text\/json|application\/[a-z0-9.!#$&^_-]+\+json)\s*(?:;|$)/i;

/**
 * Reads a Kafka record as a CloudEvent, in binary mode (headers `ce_*`) or structured mode
 * (`content-type: application/cloudevents+json`). The data is parsed JSON, not yet checked against its contract.
 * A null value is refused: whoever reads a compacted topic looks at deletions before.
 */
export function readEvent(record: EventRecord): EventRead {
  const contentType = header(record, 'content-type');
  if (contentType !== undefined && structured.test(contentType)) return readStructured(record.value);

  const attributes = headerAttributes(record);
  const badContent = contentTypeViolation(contentType);
  const read = jsonOf(record.value);
  if (read.ok && badContent === undefined) return eventOf(attributes, read.json, 'ce_');
  return {
    ok: false,
    violations: [
      ...attributeViolations(attributes, 'ce_'),
      ...(badContent === undefined ? [] : [badContent]),
      ...(read.ok ? [] : [read.violation]),
    ],
  };
}

function headerAttributes(record: EventRecord): Attributes {
  return {
    specversion: header(record, 'ce_specversion'),
    id: header(record, 'ce_id'),
    type: header(record, 'ce_type'),
    source: header(record, 'ce_source'),
    time: header(record, 'ce_time'),
    correlationId: header(record, 'ce_correlationid'),
    causationId: header(record, 'ce_causationid'),
    traceparent: header(record, 'traceparent') ?? header(record, 'ce_traceparent'),
  };
}

function readStructured(value: Buffer | null): EventRead {
  const read = jsonOf(value);
  if (!read.ok) return { ok: false, violations: [read.violation] };
  if (typeof read.json !== 'object' || read.json === null || Array.isArray(read.json)) {
    return refused('value', shown(read.json), 'must be a JSON object with the attributes of CloudEvents 1.0');
  }
  const event = read.json as Record<string, unknown>;
  const optional = (name: string): unknown => event[name] ?? undefined;
  const attributes: Attributes = {
    specversion: optional('specversion'),
    id: optional('id'),
    type: optional('type'),
    source: optional('source'),
    time: optional('time'),
    correlationId: optional('correlationid'),
    causationId: optional('causationid'),
    traceparent: optional('traceparent'),
  };
  const unreadable = structuredDataViolation(event);
  if (unreadable === undefined) return eventOf(attributes, event.data, '');
  return { ok: false, violations: [...attributeViolations(attributes, ''), unreadable] };
}

function structuredDataViolation(event: Record<string, unknown>): Violation | undefined {
  if (event.data_base64 !== undefined) {
    return { field: 'data_base64', value: shown(event.data_base64), problem: 'must be left out, data is JSON' };
  }
  const contentType = event.datacontenttype ?? undefined;
  if (contentType === undefined || (typeof contentType === 'string' && jsonContent.test(contentType))) return undefined;
  return { field: 'datacontenttype', value: shown(contentType), problem: 'must be application/json' };
}

function contentTypeViolation(contentType: string | undefined): Violation | undefined {
  if (contentType === undefined || contentType === 'application/json') return undefined;
  if (batched.test(contentType)) {
    return {
      field: 'content-type',
      value: shown(contentType),
      problem: 'must not be a batch: one record carries one event',
    };
  }
  if (jsonContent.test(contentType)) return undefined;
  const problem = 'must be application/json or application/cloudevents+json';
  return { field: 'content-type', value: shown(contentType), problem };
}

function jsonOf(value: Buffer | null): JsonRead {
  if (value === null) return unreadable('(absent)', 'must not be empty');
  if (!isUtf8(value)) return unreadable(`(${value.length} bytes)`, 'must be UTF-8');
  const text = value.toString('utf8');
  try {
    return { ok: true, json: JSON.parse(text) };
  } catch (error) {
    return unreadable(
      shown(text),
      `must be JSON: ${error instanceof Error ? error.message.slice(0, 200) : 'unreadable'}`,
    );
  }
}

const unreadable = (value: string, problem: string): JsonRead => ({
  ok: false,
  violation: { field: 'value', value, problem },
});

const refused = (field: string, value: string, problem: string): EventRead => ({
  ok: false,
  violations: [{ field, value, problem }],
});

/** Of a header that was sent twice the first counts. */
function header({ headers }: EventRecord, name: string): string | undefined {
  const value = headers?.[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return value;
  if (Buffer.isBuffer(value)) return value.toString('utf8');
  const first = value[0];
  return first === undefined ? undefined : first.toString();
}
