import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import type { Request } from 'express';
import { queryProblem, queryText } from '../input/query-param.ts';
import { decodeCursor, encodeCursor, type CursorPart } from './cursor.ts';

export interface Page<T> {
  items: T[];
  /** Cursor of the next page; absent on the last. */
  next?: string;
}

export interface PageRequest {
  /** Rows wanted, 1–200. */
  limit: number;
  /** Sort key of the last row of the page before, part by part; absent on the first. */
  after?: string[];
}

const limitDefault = 50;
const limitMax = 200;

/** A page out of `limit + 1` rows read in order: the row too many only says that there is a next page. */
export function pageOf<T>(
  rows: readonly T[],
  limit: number,
  sortKeyOf: (row: T) => readonly (string | number | bigint | Date)[],
): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return rows.length > limit && last !== undefined ? { items, next: encodeCursor(sortKeyOf(last)) } : { items };
}

const pageRequest = createParamDecorator((parts: readonly CursorPart[], context: ExecutionContext): PageRequest => {
  const request = context.switchToHttp().getRequest<Request>();
  const limit = queryText(request, 'limit') ?? String(limitDefault);
  if (!/^\d{1,4}$/.test(limit) || Number(limit) < 1 || Number(limit) > limitMax) {
    throw queryProblem('limit', limit, `must be a whole number from 1 to ${limitMax}`);
  }
  const cursor = queryText(request, 'cursor');
  return { limit: Number(limit), ...(cursor !== undefined && { after: decodeCursor(cursor, parts) }) };
});

/** `?limit` and `?cursor` of a list that is sorted by these parts: `@PageParam('instant', 'identifier') page: PageRequest`. */
export function PageParam(...parts: CursorPart[]): ParameterDecorator {
  return (target, key, index) => {
    pageRequest(parts)(target, key, index);
    const method = Object.getOwnPropertyDescriptor(target, key!)!;
    const limit = { type: 'integer' as const, minimum: 1, maximum: limitMax, default: limitDefault };
    ApiQuery({ name: 'limit', required: false, schema: limit })(target, key!, method);
    const description = 'The "next" of the page before';
    ApiQuery({ name: 'cursor', required: false, description, schema: { type: 'string' } })(target, key!, method);
  };
}
