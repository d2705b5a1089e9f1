import { describe, expect, it } from '@jest/globals';
import type { ForcedHold } from '../account/credit-account.ts';
import { forcedHoldRule } from './forced-hold.rule.ts';
import { gateFacts } from './gate-facts.fixture.ts';

const hold = (orderId: string | null): ForcedHold => ({
  ...{ holdId: 'F-1', orderId, reason: 'rumours of insolvency', placedBy: 'user:u-1' },
});

describe('forced-hold', () => {
  it.each([
    { forcedHolds: [], message: null, because: 'nobody has forced a hold' },
    {
      forcedHolds: [hold(null)],
      message: 'The customer is held by a person: rumours of insolvency',
      because: 'all its orders are meant',
    },
    {
      forcedHolds: [hold('SO-1')],
      message: 'The order is held by a person: rumours of insolvency',
      because: 'this order is meant',
    },
  ])('$message, since $because', ({ forcedHolds, message }) =>
    expect(forcedHoldRule(gateFacts({ account: { forcedHolds } }))?.message ?? null).toBe(message),
  );

  it('holds a prepaid order, too', () => {
    const facts = gateFacts({ account: { forcedHolds: [hold(null)] }, order: { prepaid: true, adds: 0n } });
    expect(forcedHoldRule(facts)?.code).toBe('forced-hold');
  });
});
