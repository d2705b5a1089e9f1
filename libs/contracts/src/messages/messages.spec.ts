import { describe, expect, it } from '@jest/globals';
import { messageOf, messagesOf, parse, readEvent, topicName, topics, writeEvent, writeStructured } from '../index.ts';
import { goldenExampleOf } from './golden-example.ts';

const envelope = {
  id: '7',
  source: '/orders',
  time: '2026-11-21T10:00:00Z',
  correlationId: 'SO-1001',
  causationId: '6',
};
const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

describe.each(messagesOf())('$type', (definition) => {
  const example = goldenExampleOf(definition);

  it('has an example that fits and comes back whole', () => {
    expect(parse(definition.type, example)).toEqual({ ok: true, message: example });
  });

  it.each([
    ['binary', writeEvent],
    ['structured', writeStructured],
  ] as const)('survives a journey in %s mode', (_mode, write) => {
    const event = { ...envelope, type: definition.type, traceparent, data: example };
    expect(readEvent(write(event))).toEqual({ ok: true, event });
  });

  it('ignores fields that it does not know', () => {
    expect(parse(definition.type, { ...example, addedLater: { deep: [1] } })).toEqual({ ok: true, message: example });
  });

  it('belongs to a topic and has a key', () => {
    expect(topics).toContain(definition.topic);
    expect(definition.keyOf(example)).toBe(example[definition.key]);
    expect(topicName('ordergate.', definition.topic)).toMatch(/^ordergate\.[a-z-]+$/);
  });
});

it('knows no message that nobody declared', () => {
  expect(messageOf('OrderPlaced.v9')).toBeUndefined();
  expect(parse('OrderPlaced.v9', {})).toEqual({
    ok: false,
    violations: [{ field: 'ce_type', value: '"OrderPlaced.v9"', problem: 'must be a known message type' }],
  });
});
