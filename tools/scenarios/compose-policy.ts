import { customersOf, Names } from './cast.ts';
import type { Story } from './story.ts';

/** Until customer-credit reads scopes, stories run under `base` alone. */
const areScopesRead = false as boolean;

/**
 * One policy for the whole walk: `base`, and of each story that has a policy of its own a scope for its customers. A customer's
 * scope wins over all others, so no story sees another's.
 */
export function composePolicy(
  base: Record<string, unknown>,
  stories: readonly Story[],
  runTag: string,
): Record<string, unknown> {
  const own = stories.filter(({ policy }) => policy !== undefined);
  const scopes = own.flatMap((story) => scopesOf(story, Names.of(story, runTag)));
  return {
    ...base,
    ...(areScopesRead &&
      scopes.length > 0 && { scopes: [...((base['scopes'] as object[] | undefined) ?? []), ...scopes] }),
  };
}

/** A scope inside the story's policy holds for those of its customers who fit it besides. */
function scopesOf({ steps, policy }: Story, names: Names): object[] {
  const { scopes = [], ...everywhere } = policy as Policy;
  const customer = customersOf(steps, names);
  return [
    { when: { customer }, ...everywhere },
    ...scopes.map(({ when, ...said }) => ({
      when: {
        ...when,
        customer: when.customer?.map((id) => names.real('customer', id)) ?? customer,
        ...(when.group && { group: when.group.map((id) => names.real('group', id)) }),
      },
      ...said,
    })),
  ];
}

/** As far as it says who it is for. */
interface Policy {
  scopes?: { when: { customer?: string[]; group?: string[] } }[];
}
