import { describe, expect, it } from '@jest/globals';
import { gateFacts } from './gate-facts.fixture.ts';
import { overdueItemsRule } from './overdue-items.rule.ts';

const items = (overdue: bigint, open: bigint) => ({ openItems: { overdue, open, oldestOverdueDays: 31 } });
const allowed = { days: 30, amountMin: 100_00n };

describe('overdue-items', () => {
  it.each([
    { overdue: 100_00n, held: false, because: 'exactly the allowed amount still passes' },
    { overdue: 100_01n, held: true, because: 'one cent more holds' },
    { overdue: 0n, held: false, because: 'nothing is overdue' },
  ])('overdue $overdue: held $held, since $because', ({ overdue, held }) => {
    const facts = gateFacts({ account: items(overdue, 900_00n), parameters: { overdueItems: allowed } });
    expect(overdueItemsRule(facts) !== null).toBe(held);
  });

  it.each([
    { overdue: 200_00n, open: 800_00n, held: false, because: 'exactly the allowed quarter still passes' },
    { overdue: 200_00n, open: 799_99n, held: true, because: 'it is more than a quarter of what is open' },
    { overdue: 100_00n, open: 100_00n, held: false, because: 'both must be passed, and the amount is not' },
  ])('overdue $overdue of $open open, 25 % allowed: held $held, since $because', ({ overdue, open, held }) => {
    const overdueItems = { ...allowed, percentMin: 25_00n };
    const facts = gateFacts({ account: items(overdue, open), parameters: { overdueItems } });
    expect(overdueItemsRule(facts) !== null).toBe(held);
  });

  it('names what is overdue and what is allowed', () => {
    const facts = gateFacts({ account: items(150_00n, 150_00n), parameters: { overdueItems: allowed } });
    expect(overdueItemsRule(facts)).toEqual({
      code: 'overdue-items',
      message: 'Items more than 30 days overdue sum to 150.00 EUR',
      measured: '150.00',
      threshold: '100.00',
      unit: 'EUR',
    });
  });

  it.each([
    { facts: { parameters: {} }, because: 'the policy does not name it' },
    { facts: { order: { prepaid: true, adds: 0n } }, because: 'a prepaid order is not asked' },
    { facts: { account: { ...items(500_00n, 500_00n), hasUnconverted: true } }, because: 'some items have no rate' },
  ])('passes when $because', ({ facts }) => {
    const overdue = { account: items(500_00n, 500_00n), parameters: { overdueItems: allowed }, ...facts };
    expect(overdueItemsRule(gateFacts(overdue))).toBeNull();
  });
});
