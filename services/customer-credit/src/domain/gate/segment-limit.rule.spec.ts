import { describe, expect, it } from '@jest/globals';
import type { CreditLimit } from '../account/credit-account.ts';
import { gateFacts } from './gate-facts.fixture.ts';
import type { PoolFacts } from './rule.ts';
import { segmentLimitRule } from './segment-limit.rule.ts';

const upTo = (minor: bigint): CreditLimit => ({ kind: 'amount', minor });
const segment = (differs: Partial<PoolFacts> = {}): PoolFacts => ({
  ...{ id: 'food', currency: 'EUR', limit: upTo(500_00n), validUntil: null, exposure: 400_00n, adds: 100_00n },
  ...differs,
});

describe('segment-limit-exceeded', () => {
  it.each([
    { segmentLimit: segment(), held: false, because: 'exactly the limit still passes' },
    { segmentLimit: segment({ adds: 100_01n }), held: true, because: 'one cent more holds' },
    { segmentLimit: null, held: false, because: 'no limit is set for the segment' },
    {
      segmentLimit: segment({ limit: { kind: 'unlimited' }, adds: 999_999_00n }),
      held: false,
      because: 'it is unlimited',
    },
    { segmentLimit: segment({ limit: { kind: 'none' }, exposure: 0n }), held: true, because: 'none grants nothing' },
    { segmentLimit: segment({ limit: upTo(0n), exposure: -100_00n }), held: false, because: 'zero is an amount' },
    {
      segmentLimit: segment({ adds: null, exposure: 999_00n }),
      held: false,
      because: 'without a rate it is not asked',
    },
  ])('held $held, since $because', ({ segmentLimit, held }) =>
    expect(segmentLimitRule(gateFacts({ account: { segmentLimit } })) !== null).toBe(held),
  );

  it.each([
    { facts: { order: { adds: 0n } }, because: 'the order adds nothing' },
    { facts: { account: { hasUnconverted: true } }, because: 'the exposure is not known in full' },
  ])('passes when $because', ({ facts: { account, order } }: { facts: any }) => {
    const segmentLimit = segment({ exposure: 900_00n });
    expect(segmentLimitRule(gateFacts({ account: { segmentLimit, ...account }, order }))).toBeNull();
  });

  it('names the segment, its exposure with the order, and its limit', () =>
    expect(segmentLimitRule(gateFacts({ account: { segmentLimit: segment({ adds: 150_00n }) } }))).toEqual({
      code: 'segment-limit-exceeded',
      message:
        'Exposure 400.00 EUR of segment food and this order of 150.00 EUR exceed its limit of 500.00 EUR by 50.00 EUR',
      ...{ measured: '550.00', threshold: '500.00', unit: 'EUR', subject: 'food' },
    }));
});
