import { describe, expect, it } from '@jest/globals';
import { discountAuthorityRule } from './discount-authority.rule.ts';
import { gateFacts } from './gate-facts.fixture.ts';

const asked = (discountPercent: bigint, maxPercent?: bigint) =>
  discountAuthorityRule(
    gateFacts({
      order: { discountPercent },
      parameters: maxPercent === undefined ? {} : { discountAuthority: { maxPercent } },
    }),
  );

describe('discount-authority', () => {
  it.each([
    { discount: 10_00n, max: 10_00n, held: false, because: 'exactly the maximum still passes' },
    { discount: 10_01n, max: 10_00n, held: true, because: 'a hundredth more holds' },
    { discount: 0n, max: 0n, held: false, because: 'there is no discount' },
    { discount: 99_00n, max: undefined, held: false, because: 'the policy does not name the rule' },
  ])('discount $discount, $max granted: held $held, since $because', ({ discount, max, held }) =>
    expect(asked(discount, max) !== null).toBe(held),
  );

  it('names the discount and what may be granted', () =>
    expect(asked(12_50n, 10_00n)).toEqual({
      code: 'discount-authority',
      message: 'A line discount of 12.5 % is above the 10 % that the representative may grant',
      ...{ measured: '12.5', threshold: '10', unit: '%' },
    }));
});
