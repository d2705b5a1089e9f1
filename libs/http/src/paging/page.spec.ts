import { describe, expect, it } from '@jest/globals';
import { ProblemException } from '../problems/problem.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { pageOf } from './page.ts';

describe('A page', () => {
  const keyOf = (row: string) => [row];

  it.each([
    { rows: ['a', 'b', 'c'], items: ['a', 'b'], next: ['b'], because: 'a row too many was read' },
    { rows: ['a', 'b'], items: ['a', 'b'], next: undefined, because: 'the rows were just enough' },
    { rows: [], items: [], next: undefined, because: 'there are none' },
  ])('of two out of $rows.length rows: next is $next, since $because', ({ rows, items, next }) => {
    const page = pageOf(rows, 2, keyOf);
    expect(page.items).toEqual(items);
    expect(page.next && decodeCursor(page.next, ['identifier'])).toEqual(next);
  });
});

describe('A cursor', () => {
  it('gives back what it was made of, as text', () => {
    const cursor = encodeCursor([new Date('2026-11-21T10:00:00.123Z'), 'SO-1', '2026-11-21', 17n]);
    expect(cursor).toMatch(/^[\w-]+$/);
    const parts = decodeCursor(cursor, ['instant', 'identifier', 'day', 'integer']);
    expect(parts).toEqual(['2026-11-21T10:00:00.123Z', 'SO-1', '2026-11-21', '17']);
  });

  it.each([
    { what: 'no cursor at all', cursor: '%%%' },
    { what: 'one of another list', cursor: encodeCursor(['SO-1', 'SO-2']) },
    { what: 'one with an instant that there is not', cursor: encodeCursor(['2026-13-41T10:00:00Z']) },
    { what: 'one with a NUL', cursor: encodeCursor(['2026-11-21T10:00:00Z\0']) },
    { what: 'one of numbers', cursor: Buffer.from('[1]').toString('base64url') },
    { what: 'one of no list', cursor: Buffer.from('{"length":1}').toString('base64url') },
  ])('is refused here, not by the database: $what', ({ cursor }) => {
    expect(() => decodeCursor(cursor, ['instant'])).toThrow(ProblemException);
  });
});
