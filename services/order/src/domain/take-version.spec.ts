import { describe, expect, it } from '@jest/globals';
import { unknownOrder, type OrderVersion } from './order.ts';
import { takeVersion } from './take-version.ts';

const version = (number: number, contentHash = 'same'): OrderVersion => ({
  version: number,
  contentHash,
  total: { minor: 1000n, currency: 'EUR' },
  placedAt: new Date('2026-11-21T10:00:00Z'),
  salesRepId: null,
  document: '{}',
});

describe('Of the versions of an order', () => {
  it.each([
    { known: null, incoming: version(1), outcome: 'taken', because: 'it is the first' },
    { known: null, incoming: version(7), outcome: 'taken', because: 'an amend of an unknown order is a place' },
    { known: version(2), incoming: version(3), outcome: 'taken', because: 'it is newer' },
    { known: version(2), incoming: version(9), outcome: 'taken', because: 'gaps are allowed' },
    { known: version(2), incoming: version(1), outcome: 'ignored', because: 'superseded' },
    { known: version(2), incoming: version(1, 'other'), outcome: 'ignored', because: 'superseded' },
    { known: version(2), incoming: version(2), outcome: 'ignored', because: 'already-known' },
    { known: version(2), incoming: version(2, 'other'), outcome: 'refused', because: 'it came with other content' },
  ])(
    'known $known.version, incoming $incoming.version $incoming.contentHash: $outcome, since $because',
    ({ known, incoming, outcome, because }) => {
      const order = { ...unknownOrder('SO-1', 'C-1'), newest: known };
      const taken = takeVersion(order, incoming);
      expect(taken.outcome).toBe(outcome);
      if (taken.outcome === 'ignored') expect(taken.because).toBe(because);
      if (taken.outcome === 'taken') expect(taken.order).toEqual({ ...order, newest: incoming });
    },
  );

  it('the refused one is named with the cure', () => {
    const order = { ...unknownOrder('SO-1', 'C-1'), newest: version(2) };
    expect(takeVersion(order, version(2, 'other'))).toEqual({
      outcome: 'refused',
      violation:
        'orderVersion 2 of order SO-1 came before with other content; send a changed order with a higher orderVersion',
    });
  });
});
