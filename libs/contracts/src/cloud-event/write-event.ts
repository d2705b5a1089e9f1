import type { CloudEvent, HeaderValue } from './cloud-event.ts';

export interface EventToWrite extends CloudEvent {
  readonly time: string;
}

const specversion = Buffer.from('1.0');
const contentType = Buffer.from('application/json');
const structuredContentType = Buffer.from('application/cloudevents+json; charset=utf-8');

/** Types and sources are few and come with every message, so their bytes are made once. Bounded, should a source vary after all. */
const bytesByText = new Map<string, Buffer>();
const bytesKeptMax = 1000;

/** The record headers of an event in binary mode. */
export function eventHeaders(event: Omit<EventToWrite, 'data'>): Record<string, HeaderValue> {
  const headers: Record<string, HeaderValue> = {
    ce_specversion: specversion,
    ce_id: event.id,
    ce_type: bytesOf(event.type),
    ce_source: bytesOf(event.source),
    ce_time: event.time,
    'content-type': contentType,
  };
  if (event.correlationId !== undefined) headers.ce_correlationid = event.correlationId;
  if (event.causationId !== undefined) headers.ce_causationid = event.causationId;
  if (event.traceparent !== undefined) headers.traceparent = event.traceparent;
  return headers;
}

/** An event as a Kafka record in binary mode, the way Ordergate writes. */
export const writeEvent = (event: EventToWrite): { headers: Record<string, HeaderValue>; value: Buffer } => ({
  headers: eventHeaders(event),
  value: Buffer.from(JSON.stringify(event.data)),
});

/** An event in structured mode, which Ordergate only reads: for tests and for examples. */
export function writeStructured(event: EventToWrite): { headers: Record<string, HeaderValue>; value: Buffer } {
  const { id, type, source, time, correlationId, causationId, traceparent, data } = event;
  const envelope = {
    specversion: '1.0',
    id,
    type,
    source,
    time,
    correlationid: correlationId,
    causationid: causationId,
    traceparent,
    datacontenttype: 'application/json',
    data,
  };
  return { headers: { 'content-type': structuredContentType }, value: Buffer.from(JSON.stringify(envelope)) };
}

function bytesOf(text: string): Buffer {
  const known = bytesByText.get(text);
  if (known !== undefined) return known;
  const bytes = Buffer.from(text);
  if (bytesByText.size < bytesKeptMax) bytesByText.set(text, bytes);
  return bytes;
}
