import { Injectable } from '@nestjs/common';
import type { CustomerChangedV1 } from '@ordergate/contracts';
import type { BatchHandler, Chunk, Delivery, Outgoing } from '@ordergate/messaging';
import { customersInOtherCurrency, deleteCustomers, saveCustomers, type Customer } from '../store/customer.store.ts';
import { StandingWork } from './standing-work.ts';

/**
 * Keeps who the customers are. Messages carry the whole record; of several the newest by `updatedAt` stands
 * (SEMANTICS.md 14). A deleted key takes the name with it; what is owed stays, under the id. A standing is told in the
 * account's currency, anew when that becomes known or another.
 */
@Injectable()
export class OnCustomers implements BatchHandler {
  readonly types: readonly string[] = ['CustomerRegistered.v1', 'CustomerChanged.v1', 'CustomerDeleted'];

  async handle(deliveries: Delivery<CustomerChangedV1>[], chunk: Chunk): Promise<Outgoing[]> {
    const { sql, at } = chunk;
    const latest = new Map<string, Customer | null>();
    const deleted = new Set<string>();
    for (const { type, customerId, message, time } of deliveries) {
      if (type === 'CustomerDeleted') {
        deleted.add(customerId);
        latest.set(customerId, null);
        continue;
      }
      const record = customerOf(message, new Date(message.updatedAt ?? time ?? at));
      const before = latest.get(customerId);
      if (!before || record.updatedAt >= before.updatedAt) latest.set(customerId, record);
    }
    await deleteCustomers(sql, [...deleted]);
    await saveCustomers(
      sql,
      [...latest.values()].filter((record) => record !== null),
    );
    const moved = new Set(await customersInOtherCurrency(sql, [...latest.keys()]));
    if (moved.size === 0) return [];
    return (
      await StandingWork.load(
        chunk,
        deliveries.filter(({ customerId }) => moved.has(customerId)),
      )
    ).save();
  }
}

function customerOf(message: CustomerChangedV1, updatedAt: Date): Customer {
  const { customerId, name, currency, language, segment = null, riskClass = null, creditGroupId = null } = message;
  return { customerId, name, currency, language, segment, riskClass, creditGroupId, updatedAt };
}
