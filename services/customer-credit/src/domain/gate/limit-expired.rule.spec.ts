import { describe, expect, it } from '@jest/globals';
import { gateFacts } from './gate-facts.fixture.ts';
import { limitExpiredRule } from './limit-expired.rule.ts';

const segmentUntil = (validUntil: string | null) => ({
  segmentLimit: {
    ...{ id: 'food', currency: 'EUR', limit: { kind: 'amount', minor: 1n } as const, validUntil },
    ...{ exposure: 0n, adds: 1n },
  },
});
const reasons = (account: object, order = {}) => limitExpiredRule(gateFacts({ account, order }));

// The business day is 2026-11-21.
describe('limit-expired', () => {
  it.each([
    { account: { limitValidUntil: null }, about: [], because: 'the limit does not end' },
    { account: { limitValidUntil: '2026-11-21' }, about: [], because: 'the last day is still valid' },
    { account: { limitValidUntil: '2026-11-20' }, about: ['account'], because: 'it ended yesterday' },
    { account: segmentUntil('2026-11-21'), about: [], because: 'so is the last day of a segment’s limit' },
    { account: segmentUntil('2026-11-20'), about: ['food'], because: 'a segment’s limit ends, too' },
    { account: segmentUntil(null), about: [], because: 'the segment’s limit does not end' },
    {
      account: { limitValidUntil: '2026-11-20', ...segmentUntil('2026-11-01') },
      about: ['account', 'food'],
      because: 'both have ended',
    },
  ])('holds for $about, since $because', ({ account, about }) =>
    expect(reasons(account).map(({ subject }) => subject ?? 'account')).toEqual(about),
  );

  it('is not asked when the order adds nothing', () =>
    expect(reasons({ limitValidUntil: '2026-11-20' }, { adds: 0n })).toEqual([]));

  it('names the business day and the last day of the limit', () =>
    expect(reasons({ limitValidUntil: '2026-11-18' })).toEqual([
      {
        ...{ code: 'limit-expired', message: 'The credit limit was valid until 2026-11-18' },
        ...{ measured: '2026-11-21', threshold: '2026-11-18', unit: 'date' },
      },
    ]));
});
