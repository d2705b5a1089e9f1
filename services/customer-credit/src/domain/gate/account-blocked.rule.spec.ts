import { describe, expect, it } from '@jest/globals';
import type { Block } from '../account/credit-account.ts';
import { accountBlockedRule } from './account-blocked.rule.ts';
import { gateFacts } from './gate-facts.fixture.ts';

const legal: Block = { blockId: 'B-1', kind: 'legal', reason: 'law suit', blockedBy: 'user:u-7' };
const closed: Block = { blockId: 'closed', kind: 'closed', reason: 'the record was deleted', blockedBy: 'policy' };

describe('account-blocked', () => {
  it.each([
    { blocks: [], message: null, because: 'nobody has blocked the account' },
    { blocks: [legal], message: 'The account is blocked (legal): law suit', because: 'the block’s reason is carried' },
    { blocks: [legal, closed], message: 'The account is blocked (legal): law suit', because: 'the first block speaks' },
  ])('blocks $blocks.length: $message, since $because', ({ blocks, message }) => {
    expect(accountBlockedRule(gateFacts({ account: { blocks } }))?.message ?? null).toBe(message);
  });

  it('holds a prepaid order, too: a stop is a stop', () => {
    const facts = gateFacts({ account: { blocks: [legal] }, order: { prepaid: true, adds: 0n } });
    expect(accountBlockedRule(facts)?.code).toBe('account-blocked');
  });
});
