import { describe, expect, it } from '@jest/globals';
import type { HoldRow, TopicRecord } from '../history/history.ts';
import { record } from './history.fixture.ts';
import { holdsAsTold } from './holds-as-told.ts';

const hold: HoldRow = {
  ...{ customer_id: 'C-1', order_id: 'O-1', seq: 5n, status: 'released' },
  reason_codes: ['credit-limit-exceeded', 'overdue-items'],
};
const reasons = hold.reason_codes.map((code) => ({ code }));
const told = (part: Partial<TopicRecord['data']> = {}) =>
  record('credit-holds', 'CreditHold.v1', { orderId: 'O-1', seq: 5, status: 'released', reasons, ...part });

describe('Holds as told', () => {
  it('a topic that ends with what stands is right, whatever it said before', () => {
    const records = [told({ seq: 2, status: 'open' }), told(), told()];
    expect(holdsAsTold.violations({ records, holds: [hold] })).toEqual([]);
  });

  it.each([
    { what: 'an older state that came last', records: [told(), told({ seq: 2, status: 'open' })] },
    { what: 'another status', records: [told({ status: 'declined' })] },
    { what: 'reasons that no longer hold it', records: [told({ reasons: reasons.slice(1) })] },
    { what: 'silence', records: [] },
  ])('$what is found', ({ records }) => {
    expect(holdsAsTold.violations({ records, holds: [hold] })).toHaveLength(1);
  });

  it('a hold that there is not is found', () => {
    expect(holdsAsTold.violations({ records: [told()], holds: [] })).toEqual([
      'a hold of order C-1 O-1 is told, and there is none',
    ]);
  });
});
