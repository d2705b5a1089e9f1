import { flatVerbs } from './cast.ts';
import type { Story, VerbStep } from './story.ts';

/** What a story does with the rates of pairs like "USD EUR". */
export interface RatesOf {
  /** Pair → the rates that it tells. */
  told: ReadonlyMap<string, ReadonlySet<string>>;
  /** Pairs that it needs before it tells them, if it ever does: nobody may have told them lately. */
  missing: ReadonlySet<string>;
}

/**
 * Rates are the whole company's, so stories that do not agree about one run one after the other, in a chain; every other
 * story is a chain of its own. Within a chain: by business day, who needs a rate missing first, then as in the files.
 */
export function rateChains(stories: readonly Story[]): Story[][] {
  const rates = new Map(stories.map((story) => [story, ratesOf(story)]));
  const chains: Story[][] = [];
  for (const story of stories) {
    const disputed = chains.filter((chain) => chain.some((other) => disagree(rates.get(story)!, rates.get(other)!)));
    for (const chain of disputed) chains.splice(chains.indexOf(chain), 1);
    chains.push([...disputed.flat(), story]);
  }
  const rank = (story: Story): string => `${story.businessDay ?? ''} ${rates.get(story)!.missing.size > 0 ? 0 : 1}`;
  return chains.map((chain) => chain.toSorted((a, b) => rank(a).localeCompare(rank(b))));
}

export function ratesOf({ steps }: Story): RatesOf {
  const told = new Map<string, Set<string>>();
  const missing = new Set<string>();
  const accounts = new Map<string, string>();
  for (const step of flatVerbs(steps)) {
    if (step.verb === 'customer')
      accounts.set(step.fields.id, currencyOf(step.fields) ?? accounts.get(step.fields.id) ?? 'EUR');
    if (step.verb === 'rate') {
      const pair = `${step.fields.from} ${step.fields.to}`;
      told.set(pair, (told.get(pair) ?? new Set()).add(String(Number(step.fields.rate))));
    }
    const pair = pairOf(step, accounts);
    if (pair !== null && !told.has(pair)) missing.add(pair);
  }
  return { told, missing };
}

const currencyOf = ({ currency, limit }: (VerbStep & { verb: 'customer' })['fields']): string | undefined =>
  currency ?? (limit?.kind === 'amount' ? limit.amount.currency : undefined);

/** What has to be converted for it. */
function pairOf({ verb, fields }: VerbStep, accounts: ReadonlyMap<string, string>): string | null {
  if (verb === 'customer' || !('customer' in fields) || !('total' in fields)) return null;
  const [from, to] = [fields.total?.currency, accounts.get(fields.customer ?? '')];
  return from !== undefined && to !== undefined && from !== to ? `${from} ${to}` : null;
}

function disagree(one: RatesOf, other: RatesOf): boolean {
  const needsMissing = (a: RatesOf, b: RatesOf): boolean => [...a.missing].some((pair) => b.told.has(pair));
  const differ = [...one.told].some(([pair, rates]) => {
    const others = other.told.get(pair);
    return others !== undefined && new Set([...rates, ...others]).size > 1;
  });
  return differ || needsMissing(one, other) || needsMissing(other, one);
}
