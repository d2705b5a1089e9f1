import { setTimeout as pause } from 'node:timers/promises';
import type { Sql } from '../../libs/database/src/sql.ts';
import { loadOutcomes, loadParked, wantDiscard, wantRetry, type Outcome, type Which } from './parked-table.ts';

/** What somebody wants done. */
export interface Request {
  which: Which;
  who: string;
  why: string;
  /** How long the service may take to do it. */
  waitMs: number;
}

const everyMs = 200;

/** One line a message. */
export async function list(sql: Sql, which: Which): Promise<string[]> {
  const rows = await loadParked(sql, which);
  if (rows.length === 0) return ['Nothing is parked.'];
  return rows.map(
    ({ no, customerId, topic, partition, offset, parkedAt, wanted, reason }) =>
      `${no}  ${customerId}  ${topic} ${partition}:${offset}  ${parkedAt.toISOString()}${wanted ? `  (${wanted} asked for)` : ''}  ${reason}`,
  );
}

/** Everything about each message: why it waits, and what it says. */
export async function show(sql: Sql, which: Which): Promise<string[]> {
  const rows = await loadParked(sql, which);
  if (rows.length === 0) return ['Nothing of that is parked.'];
  return rows.flatMap((row) => [
    `No ${row.no}: ${row.topic}, partition ${row.partition}, offset ${row.offset}`,
    `  customer   ${row.customerId}`,
    `  parked     ${row.parkedAt.toISOString()}`,
    `  reason     ${row.reason}`,
    ...(row.wantedBy ? [`  asked for  ${row.wanted ?? 'done before'}, by ${row.wantedBy}: ${row.wantedWhy}`] : []),
    `  key        ${row.key?.toString() ?? '(none)'}`,
    ...Object.entries(row.headers).map(
      ([name, value]) => `  ${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`,
    ),
    `  ${row.value?.toString() ?? '(no value)'}`,
  ]);
}

/** Asks the service's lane, waits until it has done it, and says what became of each. `allDone` is false if one is left. */
export async function ask(
  sql: Sql,
  action: 'retry' | 'discard',
  { which, who, why, waitMs }: Request,
): Promise<{ lines: string[]; allDone: boolean }> {
  const numbers = await (action === 'retry' ? wantRetry : wantDiscard)(sql, which, who, why);
  if (numbers.length === 0) return { lines: ['Nothing of that is parked.'], allDone: true };
  const outcomes = await outcomesOf(sql, numbers, waitMs);
  const lines = outcomes.map(sentence);
  if (outcomes.length < numbers.length)
    lines.push(`${numbers.length - outcomes.length} not looked at within ${waitMs / 1000} s: does the service run?`);
  const isDone = ({ outcome }: Outcome): boolean => outcome !== 'parked';
  return { lines, allDone: outcomes.length === numbers.length && outcomes.every(isDone) };
}

async function outcomesOf(sql: Sql, numbers: readonly bigint[], waitMs: number): Promise<Outcome[]> {
  const until = Date.now() + waitMs;
  for (;;) {
    const outcomes = await loadOutcomes(sql, numbers);
    if (outcomes.length === numbers.length || Date.now() > until) return outcomes;
    await pause(everyMs);
  }
}

function sentence({ no, outcome, customerId, topic, reason }: Outcome): string {
  const what = outcome === 'parked' ? `still parked: ${reason}` : outcome;
  return `${no}  ${customerId}  ${topic}  ${what}`;
}
