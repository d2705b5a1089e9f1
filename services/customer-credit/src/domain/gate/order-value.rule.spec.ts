import { describe, expect, it } from '@jest/globals';
import { gateFacts } from './gate-facts.fixture.ts';
import { orderValueRule } from './order-value.rule.ts';

const parameters = { orderValue: { max: 500_00n } };

describe('order-value', () => {
  it.each([
    { total: 500_00n, held: false, because: 'exactly the maximum still passes' },
    { total: 500_01n, held: true, because: 'one cent more needs a person' },
    { total: null, held: false, because: 'without a rate the value is not known; another rule holds the order' },
  ])('order of $total: held $held, since $because', ({ total, held }) => {
    expect(orderValueRule(gateFacts({ order: { total }, parameters })) !== null).toBe(held);
  });

  it('asks a prepaid order too: its size is what needs a person', () => {
    expect(orderValueRule(gateFacts({ order: { total: 600_00n, adds: 0n, prepaid: true }, parameters }))).toEqual({
      code: 'order-value',
      message: 'A single order of 600.00 EUR needs a person',
      measured: '600.00',
      threshold: '500.00',
      unit: 'EUR',
    });
  });

  it('is off until the policy names it', () =>
    expect(orderValueRule(gateFacts({ order: { total: 10n ** 12n } }))).toBeNull());
});
