import { describe, expect, it } from '@jest/globals';
import { demandSpikeRule } from './demand-spike.rule.ts';
import { gateFacts } from './gate-facts.fixture.ts';
import type { DemandFacts } from './rule.ts';

const history = (differs: Partial<DemandFacts> = {}): DemandFacts => ({
  ...{ orders: 5, usualOrder: 100_00n, inWindow: null, usualInWindow: null },
  ...differs,
});
const asked = (total: bigint | null, demand: DemandFacts | null) =>
  demandSpikeRule(
    gateFacts({
      order: { total, demand },
      parameters: { demandSpike: { factor: 3_00n, windowDays: 7, ordersMin: 5 } },
    }),
  );

describe('demand-spike', () => {
  it.each([
    { total: 300_00n, demand: history(), held: false, because: 'exactly three times the usual still passes' },
    { total: 300_01n, demand: history(), held: true, because: 'one cent more holds' },
    { total: 999_00n, demand: history({ orders: 4 }), held: false, because: 'four orders are no habit' },
    { total: 999_00n, demand: null, held: false, because: 'there is no history' },
    { total: 999_00n, demand: history({ usualOrder: 0n }), held: false, because: 'free orders say nothing' },
    { total: null, demand: history(), held: false, because: 'without a rate it is not asked' },
    {
      total: 100_00n,
      demand: history({ inWindow: 600_00n, usualInWindow: 200_00n }),
      held: false,
      because: 'exactly three times the usual week still passes',
    },
    {
      total: 100_00n,
      demand: history({ inWindow: 600_01n, usualInWindow: 200_00n }),
      held: true,
      because: 'the week is too much, although no order is',
    },
  ])('an order of $total: held $held, since $because', ({ total, demand, held }) =>
    expect(asked(total, demand) !== null).toBe(held),
  );

  it('passes when the policy does not name it', () =>
    expect(demandSpikeRule(gateFacts({ order: { total: 999_00n, demand: history() } }))).toBeNull());

  it('names the order and what would be too much', () =>
    expect(asked(450_00n, history({ inWindow: 900_00n, usualInWindow: 100_00n }))).toEqual({
      code: 'demand-spike',
      message: 'The order is worth 450.00 EUR, more than 3 times the usual 100.00 EUR',
      ...{ measured: '450.00', threshold: '300.00', unit: 'EUR' },
    }));

  it('names the window when no single order is too much', () =>
    expect(asked(250_00n, history({ inWindow: 900_00n, usualInWindow: 100_00n }))).toMatchObject({
      message: 'The orders of 7 days come to 900.00 EUR, more than 3 times the usual 100.00 EUR',
      ...{ measured: '900.00', threshold: '300.00' },
    }));
});
