import { addDays } from '@ordergate/money';
import type { Delivery } from '@ordergate/messaging';
import { markRetired } from '../store/credit-hold.store.ts';
import type { AccountWork } from './account-work.ts';

/** So long a closed hold can be read from credit-holds. */
export const keptDays = 30;

/** Closed long ago: a tombstone clears the hold's place on the compacted topic; the case stays in the database. */
export async function retireHolds(work: AccountWork, deliveries: readonly Delivery[]): Promise<void> {
  const byCustomer = new Map(deliveries.map((delivery) => [delivery.customerId, delivery]));
  const lastClosedOn = addDays(work.businessDay, -keptDays);
  for (const { customerId, orderId } of await markRetired(work.chunk.sql, [...byCustomer.keys()], lastClosedOn))
    work.outgoing.push({
      ...{ topic: 'credit-holds', key: orderId, type: 'CreditHold.v1', data: null, about: orderId },
      causedBy: byCustomer.get(customerId)!,
    });
}
