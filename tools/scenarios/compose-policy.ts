import { stringify } from 'yaml';
import { laidOver } from '../../services/customer-credit/src/domain/policy/select-parameters.ts';
import { readPolicy } from '../../services/customer-credit/src/policy-file.ts';
import { customersOf, Names } from './cast.ts';
import { MalformedStories } from './form/read-stories.ts';
import type { Story } from './story.ts';

type Document = Record<string, unknown>;
type When = Partial<Record<(typeof kinds)[number], string[]>>;

interface Scope {
  when: When;
  said: Document;
}

/** From the most general to the most specific: of scopes that fit an order, one of a later kind wins. */
const kinds = ['segment', 'riskClass', 'group', 'customer'] as const;

/**
 * One policy for the whole walk: `base`, and of each story that has a policy of its own scopes for its customers. A customer's
 * scope wins over all others, so no story sees another's.
 * @throws MalformedStories for every policy that is none
 */
export function composePolicy(base: Document, stories: readonly Story[], runTag: string): Document {
  const own = stories.filter(({ policy }) => policy !== undefined);
  const problems = own.flatMap((story) => policyProblems(base, story));
  if (problems.length > 0) throw new MalformedStories(problems);
  const scopes = own.flatMap((story) => scopesOf(story, Names.of(story, runTag)));
  return { ...base, scopes: [...((base['scopes'] as object[] | undefined) ?? []), ...scopes] };
}

function policyProblems(base: Document, { policy, file, line }: Story): string[] {
  try {
    readPolicy(stringify({ ...laidOver(base, policy!, ''), version: 'story' }), '');
    return [];
  } catch (error) {
    // The reader's places are those of the text above; ours is the story.
    const texts = (error as Error).message.split('\n').map((text) => text.replace(/^:\d+:\d+: /, ''));
    return texts.map((text) => `${file}:${line}: policy: ${text}`);
  }
}

function scopesOf({ steps, policy }: Story, names: Names): object[] {
  const { scopes = [], ...general } = policy as { scopes?: ({ when: When } & Document)[] };
  const named = scopes.map(({ when, ...said }) => ({ when: realWhen(when, names), said }));
  const everybody: Scope = { when: { customer: customersOf(steps, names) }, said: general };
  return combined(everybody, byKind(named)).map(({ when, said }) => ({ when, ...said }));
}

const byKind = (scopes: Scope[]): Scope[] => scopes.toSorted((a, b) => kindOf(a.when) - kindOf(b.when));
const kindOf = (when: When): number => kinds.findLastIndex((kind) => when[kind] !== undefined);

/**
 * Inside the story all scopes name customers, so the later one wins alone: for every set of scopes that can fit one order
 * there is one that says what all of them say, after those of smaller sets.
 */
function combined(everybody: Scope, scopes: readonly Scope[]): Scope[] {
  return scopes.reduce<Scope[]>(
    (cells, scope) => [
      ...cells,
      ...cells.flatMap((cell) => {
        const when = bothOf(cell.when, scope.when);
        return when ? [{ when, said: laidOver(cell.said, scope.said, '') }] : [];
      }),
    ],
    [everybody],
  );
}

/** Who fits both; null when nobody can. */
function bothOf(one: When, other: When): When | null {
  const when: When = { ...one };
  for (const kind of kinds) {
    const values = other[kind];
    if (values) when[kind] = one[kind]?.filter((value) => values.includes(value)) ?? values;
    if (when[kind]?.length === 0) return null;
  }
  return when;
}

const realWhen = (when: When, names: Names): When => ({
  ...when,
  ...(when.group && { group: when.group.map((id) => names.real('group', id)) }),
  ...(when.customer && { customer: when.customer.map((id) => names.real('customer', id)) }),
});
