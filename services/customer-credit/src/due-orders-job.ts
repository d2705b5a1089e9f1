import type { Database } from '@ordergate/database';
import type { MessageSender } from '@ordergate/messaging';
import { addDays } from '@ordergate/money';
import { v5 as uuidv5 } from 'uuid';
import { ordersInCommandMax } from './commands/due-orders.ts';
import { fewestHoldDays, fewestUninvoicedDays } from './domain/policy/select-parameters.ts';
import type { Policies } from './policies.ts';
import type { OrderKey } from './store/customer-order.store.ts';
import { expiredApprovals, heldSince, uninvoicedSince, type DuePage } from './store/due-order.store.ts';
import { saveJob, type Job } from './store/reevaluation-job.store.ts';

type DueJob = Extract<Job, { kind: 'due-orders' }>;

const ordersAtOnce = 10_000;
const commandNamespace = '9a3c1f52-7be0-5d0b-9c55-1f5f6c1f7d22';

interface Step {
  command: string;
  find: (page: DuePage) => Promise<OrderKey[]>;
}

/**
 * What a new business day means for single orders: sends their accounts commands, page by page. The cursor is the step, the
 * customer and the order that were told last, so that whoever resumes goes on there.
 */
export async function sendDueOrders(
  job: DueJob,
  { database, sender, policies }: { database: Database; sender: MessageSender; policies: Policies },
): Promise<number> {
  let sent = 0;
  const [stepDone = '0', ...told] = job.cursor.split(' ');
  const steps = await stepsOf(job, database, policies);
  for (let at = Number(stepDone); at < steps.length; at += 1) {
    const { command, find } = steps[at]!;
    let after =
      at === Number(stepDone) ? { customerId: told[0] ?? '', orderId: told[1] ?? '' } : { customerId: '', orderId: '' };
    for (;;) {
      const due = await find({ after, most: ordersAtOnce });
      await sender.send(commandsFor(job, command, due), new Date());
      sent += due.length;
      if (due.length < ordersAtOnce) break;
      after = due.at(-1)!;
      await saveJob(database, { ...job, cursor: `${at} ${after.customerId} ${after.orderId}` });
    }
  }
  return sent;
}

/** Always all of them, whatever the policy asks: the cursor counts them. */
async function stepsOf({ detail }: DueJob, database: Database, policies: Policies): Promise<Step[]> {
  const { since, businessDay } = detail;
  const { live } = await policies.inForce(database, businessDay);
  const longAgo =
    (days: number, find: (sql: Database, day: string, page: DuePage) => Promise<OrderKey[]>): Step['find'] =>
    async (page) =>
      days === Infinity ? [] : find(database, addDays(businessDay, -(days + 1)), page);
  return [
    {
      command: 'ExpireApprovals.v1',
      find: (page) => expiredApprovals(database, { since, businessDay }, page),
    },
    { command: 'CheckUninvoicedGoods.v1', find: longAgo(fewestUninvoicedDays(live), uninvoicedSince) },
    { command: 'ExpireHolds.v1', find: longAgo(fewestHoldDays(live), heldSince) },
  ];
}

/** An id is made of all that is said: who sends a page again, some of it done meanwhile, gives no id a second meaning. */
export function commandsFor({ jobId, because }: DueJob, type: string, due: readonly OrderKey[]) {
  return [...Map.groupBy(due, ({ customerId }) => customerId)].flatMap(([customerId, its]) =>
    slices(its).map((orders) => ({
      ...{ topic: 'credit-commands' as const, key: customerId, type, correlationId: jobId },
      id: uuidv5([jobId, type, customerId, ...orders.map(({ orderId }) => orderId)].join(' '), commandNamespace),
      data: { customerId, orders: orders.map(({ orderId }) => ({ orderId })), because },
    })),
  );
}

function slices(orders: readonly OrderKey[]): OrderKey[][] {
  const count = Math.ceil(orders.length / ordersInCommandMax);
  return Array.from({ length: count }, (_, at) => orders.slice(at * ordersInCommandMax, (at + 1) * ordersInCommandMax));
}
