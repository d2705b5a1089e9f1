import { describe, expect, it } from '@jest/globals';
import type { LateMessage } from '@ordergate/messaging';
import { HoldsToldAgain } from './holds-told-again.ts';

const late = (topic: LateMessage['topic'], key: string): LateMessage => ({
  ...{ topic, key, customerId: 'C-1', id: `00000000-0000-4000-8000-00000000000${key.length}` },
});

describe('Holds that were told late', () => {
  it('are told again, each once; decisions are not, since their readers go by seq', () => {
    const again = new HoldsToldAgain().tellAgain([
      late('credit-holds', 'O-1'),
      late('credit-decisions', 'C-1'),
      late('credit-holds', 'O-22'),
      late('credit-holds', 'O-1'),
    ]);
    expect(again.map(({ key, type, data }) => [key, type, data])).toEqual([
      ['C-1', 'PublishHold.v1', { customerId: 'C-1', orderId: 'O-1' }],
      ['C-1', 'PublishHold.v1', { customerId: 'C-1', orderId: 'O-22' }],
    ]);
  });
});
