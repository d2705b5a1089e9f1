import { parseArgs } from 'node:util';

/** Which messages a command is about: one by its number, or everything of a customer. */
export type Which = { id: string } | { customer: string };

export type Request = { from: { service?: string | undefined; database?: string | undefined } } & (
  | { verb: 'list'; customer: string | undefined }
  | { verb: 'show'; id: string }
  | { verb: 'retry'; which: Which; who: string; why: string }
  | { verb: 'discard'; id: string; who: string; why: string }
);

/** What was typed makes no sense; the message is the one sentence to answer with. */
export class BadUsage extends Error {}

export const usage = `npm run dead-letters -- list [--customer C]
npm run dead-letters -- show --id N
npm run dead-letters -- retry --id N | --customer C --who X --why "…"
npm run dead-letters -- discard --id N --who X --why "…"
Messages that a service could not handle, and what waits behind them. Of --database URL, of DATABASE_URL, or of the running
demo's --service (customer-credit, if none is named). What to do when: docs/runbooks/dead-letters.md`;

type Values = Partial<Record<'service' | 'database' | 'customer' | 'id' | 'who' | 'why', string>>;

const text = { type: 'string' } as const;
const options = {
  service: text,
  database: text,
  customer: text,
  id: text,
  who: text,
  why: text,
} as const;
const verbs = ['list', 'show', 'retry', 'discard'] as const;
const takes: Record<(typeof verbs)[number], readonly (keyof Values)[]> = {
  list: ['customer'],
  show: ['id'],
  retry: ['customer', 'id', 'who', 'why'],
  discard: ['id', 'who', 'why'],
};

/** @throws BadUsage with one sentence */
export function readRequest(args: string[]): Request {
  const { positionals, values } = parsed(args);
  const verb = verbs.find((known) => known === positionals[0]);
  if (!verb || positionals.length !== 1)
    throw new BadUsage(`Say what to do, one of ${verbs.join(', ')}, not "${positionals.join(' ')}".`);
  const { service, database, ...others } = values;
  if (service !== undefined && database !== undefined)
    throw new BadUsage('Name the --service or its --database, not both.');
  for (const name of Object.keys(others) as (keyof Values)[])
    if (!takes[verb].includes(name)) throw new BadUsage(`${verb} takes no --${name}.`);
  if (values.id !== undefined && !/^\d{1,18}$/.test(values.id))
    throw new BadUsage(`--id is the number that list shows, not "${values.id}".`);

  return { from: { service, database }, ...wish(verb, values) };
}

function parsed(args: string[]): { positionals: string[]; values: Values } {
  try {
    return parseArgs({ args, allowPositionals: true, options });
  } catch (error) {
    throw new BadUsage((error as Error).message, { cause: error });
  }
}

function wish(verb: (typeof verbs)[number], { id, customer, who, why }: Values) {
  switch (verb) {
    case 'list':
      return { verb, customer };
    case 'show':
      return { verb, id: needed(verb, 'id', id) };
    case 'retry':
      if ((id === undefined) === (customer === undefined))
        throw new BadUsage('retry needs either the --id of a message or its --customer.');
      return { verb, which: id === undefined ? { customer: customer! } : { id }, ...reasons(verb, who, why) };
    case 'discard':
      return { verb, id: needed(verb, 'id', id), ...reasons(verb, who, why) };
  }
}

/** Both are kept with the outcome, for those who ask later. */
function reasons(verb: string, who: string | undefined, why: string | undefined): { who: string; why: string } {
  return { who: needed(verb, 'who', who), why: needed(verb, 'why', why) };
}

function needed(verb: string, name: string, value: string | undefined): string {
  if (!value?.trim()) throw new BadUsage(`${verb} needs --${name}.`);
  return value.trim();
}
