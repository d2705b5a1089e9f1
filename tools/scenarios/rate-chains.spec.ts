import { expect, it } from '@jest/globals';
import { readStories } from './form/read-stories.ts';
import { rateChains } from './rate-chains.ts';

const story = (id: string, rate: string, businessDay = '2026-03-02'): string =>
  `- { id: ${id}, title: t, businessDay: ${businessDay}, steps: [ ${rate} ] }`;
const usd = (rate: string): string => `{ rate: { from: USD, to: EUR, rate: "${rate}" } }`;

const dollars = '{ customer: { id: C, limit: 1 EUR } }, { place: { id: O, customer: C, total: 1 USD } }';

const chainsOf = (...stories: string[]): string[][] =>
  rateChains(readStories([{ file: 'a.yaml', content: stories.join('\n') }])).map((chain) => chain.map(({ id }) => id));

it.each([
  { stories: [story('A', usd('0.9')), story('B', usd('0.95'))], chains: [['A', 'B']], because: 'they differ' },
  { stories: [story('A', usd('0.9')), story('B', usd('0.90'))], chains: [['A'], ['B']], because: 'it is one rate' },
  {
    stories: [story('A', usd('0.9')), story('B', '{ rate: { from: GBP, to: EUR, rate: "1.2" } }')],
    chains: [['A'], ['B']],
    because: 'they are of two pairs',
  },
  {
    stories: [story('A', usd('0.9'), '2026-03-09'), story('B', usd('0.95'))],
    chains: [['B', 'A']],
    because: 'a day never goes back',
  },
  {
    stories: [story('A', usd('0.9')), story('B', dollars)],
    chains: [['B', 'A']],
    because: 'B needs the rate missing, so it comes before it is told',
  },
  {
    stories: [story('A', `${usd('0.9')}, ${dollars}`), story('B', `${dollars}, ${usd('0.9')}`)],
    chains: [['B', 'A']],
    because: 'B tells it too late for its own order',
  },
  { stories: [story('A', ''), story('B', '')], chains: [['A'], ['B']], because: 'they tell no rate' },
])('stories $chains run one after the other, since $because', ({ stories, chains }) =>
  expect(chainsOf(...stories)).toEqual(chains),
);
