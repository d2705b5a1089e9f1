import { describe, expect, it } from '@jest/globals';
import { ordersInCommandMax } from './commands/due-orders.ts';
import { commandsFor } from './due-orders-job.ts';

const job = {
  jobId: '019e0000-0000-7000-8000-000000000001',
  ...{ kind: 'due-orders' as const, because: 'business day 2026-06-10', cursor: '' },
  detail: { businessDay: '2026-06-10', since: '2026-06-09' },
};
const orders = (...orderIds: string[]) => orderIds.map((orderId) => ({ customerId: 'C-1', orderId }));
const expire = (due: ReturnType<typeof orders>) => commandsFor(job, 'ExpireApprovals.v1', due);

describe('Commands about orders that are due', () => {
  it('have the same ids when a page is sent again as it was', () => {
    expect(expire(orders('A', 'B'))).toEqual(expire(orders('A', 'B')));
  });

  it('have another id when some of the page is done meanwhile: an id with other content would be a dead letter', () => {
    expect(expire(orders('A', 'B'))[0]!.id).not.toBe(expire(orders('A'))[0]!.id);
    const about = ['ExpireApprovals.v1', 'CheckUninvoicedGoods.v1', 'ExpireHolds.v1'].map(
      (type) => commandsFor(job, type, orders('A'))[0]!.id,
    );
    expect(new Set(about).size).toBe(3);
  });

  it('go to each customer, no more orders in one than it takes', () => {
    const many = orders(...Array.from({ length: ordersInCommandMax + 1 }, (_, at) => `O-${at}`));
    const commands = expire([...many, { customerId: 'C-2', orderId: 'A' }]);
    expect(commands.map(({ key, data }) => [key, data.orders.length])).toEqual([
      ['C-1', ordersInCommandMax],
      ['C-1', 1],
      ['C-2', 1],
    ]);
    expect(new Set(commands.map(({ id }) => id)).size).toBe(3);
  });
});
