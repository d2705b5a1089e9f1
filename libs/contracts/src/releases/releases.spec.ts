import { describe, expect, it } from '@jest/globals';
import { jsonSchemaOf, type JsonSchema, messagesOf } from '../index.ts';
import { readdirSync } from 'node:fs';
import { releaseVerdict } from './release-verdict.ts';
import { releasedSchemaOf } from './released-schema.ts';

describe('a message that is released', () => {
  it.each(messagesOf())('$type has not changed since', ({ type, shape }) => {
    expect(releaseVerdict(type, releasedSchemaOf(type), jsonSchemaOf(shape))).toEqual([]);
  });

  it('does not disappear', () => {
    const files = readdirSync(new URL('../../released', import.meta.url)).map((name) => name.replace(/\.json$/, ''));
    expect(files.sort()).toEqual(
      messagesOf()
        .map(({ type }) => type)
        .sort(),
    );
  });
});

describe('a change of a released message', () => {
  const money: JsonSchema = {
    type: 'object',
    properties: { amount: { type: 'string' }, currency: { type: 'string' } },
    required: ['amount', 'currency'],
  };
  const released: JsonSchema = {
    type: 'object',
    properties: {
      orderId: { type: 'string', pattern: 'x', description: 'Id' },
      total: money,
      note: { type: 'string', maxLength: 10 },
      lines: { type: 'array', items: { type: 'object', properties: { sku: { type: 'string' } }, required: ['sku'] } },
    },
    required: ['orderId', 'total'],
  };
  const fields = released.properties!;
  const withFields = (properties: Record<string, JsonSchema>, required = released.required!): JsonSchema => ({
    ...released,
    properties: { ...fields, ...properties },
    required,
  });
  const { note: _note, ...withoutNote } = fields;

  it.each([
    { change: 'a removed field', current: { ...released, properties: withoutNote }, says: 'note is gone' },
    {
      change: 'a new required field',
      current: withFields({ day: { type: 'string' } }, ['orderId', 'total', 'day']),
      says: 'day is new and required',
    },
    {
      change: 'a field that becomes required',
      current: withFields({}, ['orderId', 'total', 'note']),
      says: 'note became required',
    },
    {
      change: 'a field that need not be there',
      current: withFields({}, ['orderId']),
      says: 'total is not required any more',
    },
    {
      change: 'another type',
      current: withFields({ orderId: { type: 'integer' } }),
      says: 'orderId takes other values',
    },
    {
      change: 'a shorter text',
      current: withFields({ note: { type: 'string', maxLength: 5 } }),
      says: 'note takes other values',
    },
    {
      change: 'a change further down',
      current: withFields({ total: { ...money, required: ['amount'] } }),
      says: 'total.currency is not required any more',
    },
    {
      change: 'a change inside a list',
      current: withFields({ lines: { type: 'array', items: { type: 'object', properties: {}, required: [] } } }),
      says: 'lines[].sku is gone',
    },
  ])('is refused for $change: $says', ({ current, says }) => {
    expect(releaseVerdict('OrderPlaced.v1', released, current)).toEqual([
      `OrderPlaced.v1 is released; optional fields may be added, anything else needs .v2: ${says}`,
    ]);
  });

  it.each([
    { change: 'a new optional field', current: withFields({ colour: { type: 'string' } }) },
    {
      change: 'a new optional field further down',
      current: withFields({ total: { ...money, properties: { ...money.properties, net: { type: 'boolean' } } } }),
    },
    { change: 'better words', current: withFields({ orderId: { ...fields.orderId, description: 'Id of the order' } }) },
  ])('only wants to be taken into the snapshot for $change', ({ current }) => {
    expect(releaseVerdict('OrderPlaced.v1', released, current)).toEqual([
      'OrderPlaced.v1 has new optional fields or words: run npm run contracts:release',
    ]);
  });

  it('is none when nothing changed', () => expect(releaseVerdict('OrderPlaced.v1', released, released)).toEqual([]));

  it('must be the first release of a new message', () => {
    expect(releaseVerdict('OrderPlaced.v2', undefined, released)).toEqual([
      'OrderPlaced.v2 is not released yet: run npm run contracts:release',
    ]);
  });
});
