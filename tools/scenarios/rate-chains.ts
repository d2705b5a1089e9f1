import { flatVerbs } from './cast.ts';
import type { Story } from './story.ts';

/**
 * Rates are the whole company's, so stories that tell different rates of one pair run one after the other, in a chain;
 * every other story is a chain of its own. Within a chain: by business day, then as in the files.
 */
export function rateChains(stories: readonly Story[]): Story[][] {
  const ratesOf = new Map(stories.map((story) => [story, ratesIn(story)]));
  const chains: Story[][] = [];
  for (const story of stories) {
    const rates = ratesOf.get(story)!;
    const disputed = chains.filter((chain) => chain.some((other) => differ(rates, ratesOf.get(other)!)));
    const merged = [...disputed.flat(), story];
    for (const chain of disputed) chains.splice(chains.indexOf(chain), 1);
    chains.push(merged);
  }
  return chains.map((chain) => chain.toSorted((a, b) => (a.businessDay ?? '').localeCompare(b.businessDay ?? '')));
}

/** "USD EUR" → the rates that a story tells of it. */
function ratesIn(story: Story): Map<string, Set<string>> {
  const rates = new Map<string, Set<string>>();
  for (const step of flatVerbs(story.steps)) {
    if (step.verb !== 'rate') continue;
    const pair = `${step.fields.from} ${step.fields.to}`;
    rates.set(pair, (rates.get(pair) ?? new Set()).add(String(Number(step.fields.rate))));
  }
  return rates;
}

function differ(one: ReadonlyMap<string, Set<string>>, other: ReadonlyMap<string, Set<string>>): boolean {
  return [...one].some(([pair, rates]) => {
    const others = other.get(pair);
    return others !== undefined && new Set([...rates, ...others]).size > 1;
  });
}
