import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { messagesOf } from '../index.ts';
import { goldenExampleOf } from '../messages/golden-example.ts';
import { readAs } from './reader.ts';
import { violationsOf } from './violation.ts';

type Json = Record<string, unknown>;
type Path = (string | number)[];

/** What senders get wrong, and what sits on the edge between right and wrong. */
const replacements = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    undefined,
    true,
    false,
    0,
    -1,
    1,
    1.5,
    36500,
    2 ** 31,
    2 ** 53,
    NaN,
    Infinity,
    '',
    ' ',
    '0',
    '-1',
  ),
  fc.constantFrom<unknown>(
    '0.00',
    '1.234',
    '1e3',
    '999999999999999.99',
    '1000000000000000',
    'JPY',
    'KWD',
    'EUR',
    'eur',
    'XXX',
  ),
  fc.constantFrom<unknown>(
    'a\u0000b',
    '\ud800',
    '😀'.repeat(200),
    'x'.repeat(64),
    'x'.repeat(65),
    'x'.repeat(600),
    'amount',
    'none',
  ),
  fc.constantFrom<unknown>(
    '2026-02-29',
    '2026-11-21',
    '2026-11-21T10:00:00Z',
    '2026-11-21T10:00:00+03:00',
    '2026-11-21T10:00:00.1+00:00',
  ),
  fc.constantFrom<unknown>(
    [],
    {},
    [null],
    [[]],
    [{}],
    { amount: '5', currency: 'EUR' },
    { kind: 'amount' },
    { kind: 'none' },
    ['x'],
    [1],
  ),
  fc.constantFrom<unknown>({ rules: { deep: ['a\u0000'] } }, { constructor: 1, __proto__: null }),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.jsonValue({ maxDepth: 2 }),
);

function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const inner = Object.entries(value).flatMap(([key, entry]) =>
    pathsOf(entry, [...path, Array.isArray(value) ? Number(key) : key]),
  );
  return path.length === 0 ? inner : [path, ...inner];
}

function put(target: Json, path: Path, value: unknown): void {
  const [last, ...way] = [...path].reverse();
  let owner: unknown = target;
  for (const step of way.reverse()) {
    owner = (owner as Json)[step];
    if (typeof owner !== 'object' || owner === null) return;
  }
  if (value === undefined && Array.isArray(owner)) owner.splice(Number(last), 1);
  else if (value === undefined) delete (owner as Json)[last!];
  else (owner as Json)[last!] = value;
}

describe.each(messagesOf())('what is read as $type', (definition) => {
  const example = goldenExampleOf(definition);
  const mutations = fc.array(fc.tuple(fc.constantFrom(...pathsOf(example)), replacements), {
    minLength: 1,
    maxLength: 3,
  });

  it('is exactly what class-validator finds no fault with', () => {
    fc.assert(
      fc.property(mutations, (changes) => {
        const json = structuredClone(example);
        for (const [path, value] of changes) put(json, path, value);
        expect(readAs(definition.shape, json) !== undefined).toBe(violationsOf(definition.shape, json).length === 0);
      }),
      { numRuns: 150 },
    );
  });
});

describe.each([undefined, null, 1, 'x', [], true])('a body that is %p', (body) => {
  it('is no message', () => {
    const { shape } = messagesOf('orders')[0]!;
    expect(readAs(shape, body)).toBeUndefined();
    expect(violationsOf(shape, body)).toEqual([
      expect.objectContaining({ field: '', problem: 'must be a JSON object' }),
    ]);
  });
});
