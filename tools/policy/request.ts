import { parseArgs } from 'node:util';
import { isDay } from '@ordergate/money';
import { ibmData, type BacktestRequest } from './backtest/run-backtest.ts';

export type Request =
  | { verb: 'validate'; files: string[] }
  | { verb: 'diff'; files: [string, string]; asJson: boolean }
  | ({ verb: 'backtest' } & BacktestRequest);

/** What was typed makes no sense; the message is the one sentence to answer with. */
export class BadUsage extends Error {}

export const usage = `npm run policy -- validate POLICY.yaml…            is it right, and what is on
npm run policy -- diff A.yaml B.yaml [--json]     what differs in meaning
npm run policy -- backtest POLICY.yaml            what it would have answered to the orders of the past, and would it have been right
    --from DAY --to DAY        orders of these days (all)
    --against OTHER.yaml       compared with this policy (with the one in force at the time)
    --late-days N              paid so many days late, or never, is too late (30)
    --database URL             the decisions that customer-credit has stored there, or
    --data FILE --map FILE     a file of receivables, replayed in memory (data/ibm-accounts-receivable.csv)
    --json FILE --html FILE    the report for programs, and for people
What a policy may say, and what a back-test can say: docs/policy.md`;

const verbs = ['validate', 'diff', 'backtest'] as const;
const [text, bool] = [{ type: 'string' }, { type: 'boolean' }] as const;
const backtestOptions = {
  ...{ from: text, to: text, against: text, 'late-days': text, database: text, data: text, map: text, json: text },
  html: text,
} as const;

/** @throws BadUsage with one sentence */
export function readRequest([name, ...args]: readonly string[]): Request {
  const verb = verbs.find((known) => known === name);
  if (!verb) throw new BadUsage(`Say what to do, one of ${verbs.join(', ')}, not "${name ?? ''}".`);
  switch (verb) {
    case 'validate': {
      const { positionals } = parsed(args, {});
      if (positionals.length === 0) throw new BadUsage('validate needs at least one POLICY.yaml.');
      return { verb, files: positionals };
    }
    case 'diff': {
      const { positionals, values } = parsed(args, { json: bool });
      const [before, after, ...more] = positionals;
      if (before === undefined || after === undefined || more.length > 0)
        throw new BadUsage('diff needs two policies: A.yaml and B.yaml.');
      return { verb, files: [before, after], asJson: values.json ?? false };
    }
    case 'backtest':
      return { verb, ...backtestOf(args) };
  }
}

function backtestOf(args: string[]): BacktestRequest {
  const { positionals, values } = parsed(args, backtestOptions);
  const [candidate, ...more] = positionals;
  if (candidate === undefined || more.length > 0) throw new BadUsage('backtest needs one POLICY.yaml.');
  const { from, to, against, json, html } = values;
  for (const day of [from, to])
    if (day !== undefined && !isDay(day)) throw new BadUsage(`"${day}" is no day, such as 2026-11-30.`);
  if (from !== undefined && to !== undefined && from > to) throw new BadUsage('--from comes after --to.');
  return {
    candidate,
    against,
    from,
    to,
    lateDays: daysOf(values['late-days'] ?? '30'),
    source: sourceOf(values),
    json,
    html,
  };
}

function daysOf(written: string): number {
  if (!/^\d{1,4}$/.test(written) || Number(written) === 0)
    throw new BadUsage(`--late-days is a whole number of days from 1, not "${written}".`);
  return Number(written);
}

function sourceOf({
  database,
  data,
  map,
}: {
  database?: string;
  data?: string;
  map?: string;
}): BacktestRequest['source'] {
  if (database !== undefined) {
    if (data !== undefined || map !== undefined) throw new BadUsage('Name the --database or the --data, not both.');
    if (!URL.canParse(database)) throw new BadUsage('--database is a URL, such as postgres://…/customer_credit.');
    return { database };
  }
  if (data === undefined) {
    if (map !== undefined) throw new BadUsage('--map belongs to --data.');
    return ibmData;
  }
  if (map === undefined)
    throw new BadUsage(
      '--data needs a --map: which column is what (pattern: tools/replay/ibm-accounts-receivable.yaml).',
    );
  return { data, map };
}

type Options = NonNullable<NonNullable<Parameters<typeof parseArgs>[0]>['options']>;

function parsed<const O extends Options>(args: string[], options: O) {
  try {
    return parseArgs({ args, allowPositionals: true, options });
  } catch (error) {
    throw new BadUsage((error as Error).message, { cause: error });
  }
}
