import { IDENTIFIER } from '../input/id-param.ts';
import { ProblemException } from '../problems/problem.ts';

/** What a part of a cursor is, so that a made-up one is refused here and not by the database. */
export type CursorPart = 'identifier' | 'instant' | 'day' | 'integer';

const shapes: Record<CursorPart, RegExp> = {
  identifier: IDENTIFIER,
  instant: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?Z$/,
  day: /^\d{4}-\d{2}-\d{2}$/,
  integer: /^-?\d{1,18}$/,
};

/** An opaque text for the place after a row: its sort key, part by part. */
export function encodeCursor(parts: readonly (string | number | bigint | Date)[]): string {
  const texts = parts.map((part) => (part instanceof Date ? part.toISOString() : String(part)));
  return Buffer.from(JSON.stringify(texts)).toString('base64url');
}

/** The parts of a cursor, as text. Throws 400 if it is not one that `encodeCursor` made for these parts. */
export function decodeCursor(cursor: string, parts: readonly CursorPart[]): string[] {
  const texts = readCursor(cursor);
  const fits = texts?.length === parts.length && texts.every((text, index) => isPart(text, parts[index]!));
  if (fits) return texts as string[];
  throw new ProblemException(400, 'validation-failed', 'The cursor is not one that this list gave', [
    { field: 'cursor', value: cursor, problem: 'must be the "next" of an earlier page of the same list' },
  ]);
}

function readCursor(cursor: string): unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isPart(text: unknown, part: CursorPart): boolean {
  if (typeof text !== 'string' || !shapes[part].test(text)) return false;
  return part === 'instant' || part === 'day' ? !Number.isNaN(Date.parse(text)) : true;
}
