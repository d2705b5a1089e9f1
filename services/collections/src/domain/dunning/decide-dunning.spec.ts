import { describe, expect, it } from '@jest/globals';
import { decideDunning, type DunningFacts } from './decide-dunning.ts';

const businessDay = '2026-03-02';
const owing = (amount: bigint, dueOn: string, currency = 'EUR') => ({ invoiceId: 'I', currency, dueOn, amount });
const levels = [
  { level: 1, days: 7 },
  { level: 2, days: 21, amountMin: '50.00', fee: '10.00' },
  { level: 4, days: 35 },
];
const facts = (differs: Partial<DunningFacts> = {}): DunningFacts => ({
  ...{ currency: 'EUR', items: [owing(100_00n, '2026-01-01')], level: 0, dunnedOn: null, businessDay },
  rules: { levels, intervalDays: 7 },
  ...differs,
});
const raised = (level: number, fee: bigint | null = null) => ({ outcome: 'raised', level, fee });
const left = (because: string) => ({ outcome: 'left', because });

describe('A dunning run', () => {
  it.each([
    { dueOn: '2026-02-24', is: left('not-old-enough'), because: '6 days overdue are one too few' },
    { dueOn: '2026-02-23', is: raised(1), because: 'the level is reached at exactly 7 days' },
    { dueOn: '2025-01-01', is: raised(1), because: 'a run raises by one level at most' },
  ])('over an item due $dueOn: $is, since $because', ({ dueOn, is }) =>
    expect(decideDunning(facts({ items: [owing(1n, dueOn)] }))).toEqual(is),
  );

  it('looks at the oldest item alone', () => {
    const items = [owing(1n, '2026-02-23'), owing(1n, '2026-03-01')];
    expect(decideDunning(facts({ items }))).toEqual(raised(1));
  });

  it.each([
    { level: 0, is: raised(1) },
    { level: 1, is: raised(2, 10_00n) },
    { level: 2, is: raised(4) },
    { level: 3, is: raised(4) },
    { level: 4, is: left('highest-level') },
    { level: 9, is: left('highest-level') },
  ])('at level $level comes to $is', ({ level, is }) => expect(decideDunning(facts({ level }))).toEqual(is));

  it('goes by the levels’ numbers, in whatever order they stand', () =>
    expect(decideDunning(facts({ level: 1, rules: { levels: levels.toReversed(), intervalDays: 7 } }))).toEqual(
      raised(2, 10_00n),
    ));

  it.each([
    { dunnedOn: '2026-02-24', is: left('too-soon'), because: 'six days have passed' },
    { dunnedOn: '2026-02-23', is: raised(2, 10_00n), because: 'seven have' },
  ])('after a notice on $dunnedOn: $is, since $because', ({ dunnedOn, is }) =>
    expect(decideDunning(facts({ level: 1, dunnedOn }))).toEqual(is),
  );

  it.each([
    { items: [owing(49_99n, '2026-01-01')], is: left('too-little'), because: 'a cent is missing' },
    { items: [owing(50_00n, '2026-01-01')], is: raised(2, 10_00n), because: 'it is exactly enough' },
    {
      items: [owing(20_00n, '2026-01-01'), owing(30_00n, '2026-03-01')],
      is: raised(2, 10_00n),
      because: 'all that is dunnable counts',
    },
    {
      items: [owing(20_00n, '2026-01-01'), owing(30_00n, '2026-03-01', 'USD')],
      is: left('too-little'),
      because: 'the minimum is in the currency of the account',
    },
  ])('for a level with a minimum: $is, since $because', ({ items, is }) =>
    expect(decideDunning(facts({ level: 1, items }))).toEqual(is),
  );

  it.each([
    { amountMin: '4.50', amount: 4n, is: raised(1, 2n), because: 'a yen has no parts: 4.50 is 4' },
    { amountMin: '4.50', amount: 3n, is: left('too-little'), because: '3 is less' },
  ])('in yen: $is, since $because', ({ amountMin, amount, is }) => {
    const rules = { levels: [{ level: 1, days: 1, amountMin, fee: '2.99' }], intervalDays: 0 };
    const items = [owing(amount, '2026-01-01', 'JPY')];
    expect(decideDunning(facts({ currency: 'JPY', items, rules }))).toEqual(is);
  });

  it.each([
    { differs: { items: [] }, is: left('nothing-to-dun') },
    { differs: { rules: { levels: [], intervalDays: 0 } }, is: left('highest-level') },
  ])('$is', ({ differs, is }) => expect(decideDunning(facts(differs))).toEqual(is));
});
