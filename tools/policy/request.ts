import { parseArgs } from 'node:util';

export type Request =
  { verb: 'validate'; files: string[] } | { verb: 'diff'; files: [string, string]; asJson: boolean };

/** What was typed makes no sense; the message is the one sentence to answer with. */
export class BadUsage extends Error {}

export const usage = `npm run policy -- validate POLICY.yaml…            is it right, and what is on
npm run policy -- diff A.yaml B.yaml [--json]     what differs in meaning
What a policy may say: docs/policy.md`;

const verbs = ['validate', 'diff'] as const;
const bool = { type: 'boolean' } as const;
const optionsOf = { validate: {}, diff: { json: bool } } as const;

/** @throws BadUsage with one sentence */
export function readRequest([name, ...args]: readonly string[]): Request {
  const verb = verbs.find((known) => known === name);
  if (!verb) throw new BadUsage(`Say what to do, one of ${verbs.join(', ')}, not "${name ?? ''}".`);
  switch (verb) {
    case 'validate': {
      const { positionals } = parsed(args, optionsOf.validate);
      if (positionals.length === 0) throw new BadUsage('validate needs at least one POLICY.yaml.');
      return { verb, files: positionals };
    }
    case 'diff': {
      const { positionals, values } = parsed(args, optionsOf.diff);
      const [before, after, ...more] = positionals;
      if (before === undefined || after === undefined || more.length > 0)
        throw new BadUsage('diff needs two policies: A.yaml and B.yaml.');
      return { verb, files: [before, after], asJson: values.json ?? false };
    }
  }
}

type Options = NonNullable<NonNullable<Parameters<typeof parseArgs>[0]>['options']>;

function parsed<const O extends Options>(args: string[], options: O) {
  try {
    return parseArgs({ args, allowPositionals: true, options });
  } catch (error) {
    throw new BadUsage((error as Error).message, { cause: error });
  }
}
