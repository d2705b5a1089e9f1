import { describe, expect, it } from '@jest/globals';
import { collateralShortfallRule } from './collateral-shortfall.rule.ts';
import { gateFacts } from './gate-facts.fixture.ts';

/** Exposure 100.00 and an order of 100.00. */
const asked = (secured: bigint, securedPercent: bigint, more: { account?: object; order?: object } = {}) =>
  collateralShortfallRule(
    gateFacts({
      account: { secured, ...more.account },
      exposure: { receivables: 100_00n },
      order: more.order ?? {},
      parameters: { collateralShortfall: { securedPercent } },
    }),
  );

describe('collateral-shortfall', () => {
  it.each([
    { secured: 100_00n, percent: 50_00n, held: false, because: 'exactly half is secured' },
    { secured: 99_99n, percent: 50_00n, held: true, because: 'one cent is missing' },
    { secured: 200_00n, percent: 100_00n, held: false, because: 'all is secured' },
    { secured: 200_00n, percent: 120_00n, held: true, because: 'more than all is wanted' },
    { secured: 0n, percent: 0n, held: false, because: 'nothing is wanted' },
  ])('$secured of 200.00 secured, $percent wanted: held $held, since $because', ({ secured, percent, held }) =>
    expect(asked(secured, percent) !== null).toBe(held),
  );

  it.each([
    { more: { order: { adds: 0n } }, because: 'the order adds nothing' },
    { more: { order: { total: null, adds: 0n } }, because: 'the order has no rate' },
    { more: { account: { hasUnconverted: true } }, because: 'the exposure is not known in full' },
  ])('passes when $because', ({ more }) => expect(asked(0n, 50_00n, more)).toBeNull());

  it('passes when the policy does not name it', () => expect(collateralShortfallRule(gateFacts())).toBeNull());

  it('passes when credits outweigh the order: nothing is exposed', () => {
    const parameters = { collateralShortfall: { securedPercent: 50_00n } };
    const facts = gateFacts({ exposure: { unallocatedCredits: 500_00n }, parameters });
    expect(collateralShortfallRule(facts)).toBeNull();
  });

  it('names what is covered and what is wanted', () =>
    expect(asked(65_01n, 50_00n)).toEqual({
      code: 'collateral-shortfall',
      message: 'Collateral covers 65.01 EUR of the exposure of 200.00 EUR with this order; 50 % must be secured',
      ...{ measured: '32.5', threshold: '50', unit: '%' },
    }));
});
