import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readEvent } from './read-event.ts';
import { writeEvent, writeStructured } from './write-event.ts';

const event = {
  id: '1',
  type: 'OrderPlaced.v1',
  source: '/shop',
  time: '2026-11-21T10:00:00Z',
  data: { orderId: 'SO-1' },
};
const { headers, value } = writeEvent(event);

const problemsOf = (record: Parameters<typeof readEvent>[0]): string[] => {
  const read = readEvent(record);
  return read.ok ? [] : read.violations.map(({ field, problem }) => `${field} ${problem}`);
};

describe('a record in binary mode', () => {
  it('is read whether its headers are bytes or text', () => {
    const bytes = Object.fromEntries(Object.entries(headers).map(([name, header]) => [name, Buffer.from(header)]));
    expect(readEvent({ headers: bytes, value })).toEqual(readEvent({ headers, value }));
    expect(readEvent({ headers: bytes, value })).toEqual({ ok: true, event });
  });

  it.each([
    { change: { ce_time: undefined }, because: 'time is optional' },
    { change: { ce_time: '2026-11-21T13:00:00+03:00' }, because: 'RFC 3339 allows offsets' },
    { change: { 'content-type': undefined }, because: 'JSON is what we expect anyway' },
    { change: { 'content-type': 'application/json; charset=utf-8' }, because: 'parameters change nothing' },
    { change: { traceparent: 'broken' }, because: 'a trace is no reason to refuse an order' },
    { change: { ce_id: ['1', '2'] }, because: 'of a header sent twice the first counts' },
    { change: { ce_future: 'x' }, because: 'extensions are ignored' },
  ])('is taken with $change, since $because', ({ change }) => {
    expect(problemsOf({ headers: { ...headers, ...change }, value })).toEqual([]);
  });

  it.each([
    { change: { ce_specversion: '0.3' }, problem: 'ce_specversion must be "1.0"' },
    { change: { ce_id: undefined }, problem: 'ce_id is required' },
    { change: { ce_id: '' }, problem: 'ce_id must be 1 to 256 printable characters' },
    { change: { ce_source: 'a\u0000' }, problem: 'ce_source must be 1 to 256 printable characters' },
    { change: { ce_time: 'yesterday' }, problem: 'ce_time must be an RFC 3339 instant like "2026-11-21T10:00:00Z"' },
    {
      change: { 'content-type': 'text/xml' },
      problem: 'content-type must be application/json or application/cloudevents+json',
    },
    {
      change: { 'content-type': 'application/cloudevents-batch+json' },
      problem: 'content-type must not be a batch: one record carries one event',
    },
  ])('is refused with $change: $problem', ({ change, problem }) => {
    expect(problemsOf({ headers: { ...headers, ...change }, value })).toEqual([problem]);
  });

  it.each([
    { bytes: null, problem: 'value must not be empty' },
    { bytes: Buffer.from([0x7b, 0xff, 0x7d]), problem: 'value must be UTF-8' },
    { bytes: Buffer.from('{"orderId":'), problem: 'value must be JSON: Unexpected end of JSON input' },
  ])('is refused when $problem', ({ bytes, problem }) => {
    expect(problemsOf({ headers, value: bytes })).toEqual([problem]);
  });

  it('has everything named when nothing fits', () => {
    const all = ['ce_specversion', 'ce_id', 'ce_type', 'ce_source'].map((name) => `${name} is required`);
    expect(problemsOf({ value: null })).toEqual([...all, 'value must not be empty']);
  });
});

describe('a record in structured mode', () => {
  const envelope = { specversion: '1.0', id: '1', source: '/shop', type: 'OrderPlaced.v1', data: {} };
  const structured = (json: unknown, contentType = 'application/cloudevents+json') => ({
    headers: { 'content-type': contentType },
    value: Buffer.from(JSON.stringify(json)),
  });

  it('is the same event', () => expect(readEvent(writeStructured(event))).toEqual({ ok: true, event }));

  it('may carry a charset', () =>
    expect(problemsOf(structured(envelope, 'application/cloudevents+json; charset=UTF-8'))).toEqual([]));

  it.each([
    { json: { ...envelope, specversion: '2.0' }, problem: 'specversion must be "1.0"' },
    { json: { ...envelope, source: null }, problem: 'source is required' },
    { json: { ...envelope, data_base64: 'e30=' }, problem: 'data_base64 must be left out, data is JSON' },
    { json: { ...envelope, datacontenttype: 'text/csv' }, problem: 'datacontenttype must be application/json' },
    { json: [envelope], problem: 'value must be a JSON object with the attributes of CloudEvents 1.0' },
  ])('is refused: $problem', ({ json, problem }) => expect(problemsOf(structured(json))).toEqual([problem]));
});

it('never throws, whatever bytes come', () => {
  const contentTypes = fc.constantFrom('application/json', 'application/cloudevents+json', 'x');
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), contentTypes, fc.string(), (bytes, contentType, id) => {
      const read = readEvent({
        headers: { ...headers, ce_id: id, 'content-type': contentType },
        value: Buffer.from(bytes),
      });
      expect(read.ok || read.violations.length > 0).toBe(true);
    }),
  );
});
