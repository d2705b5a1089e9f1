import { Injectable } from '@nestjs/common';
import type { CustomerChangedV1 } from '@ordergate/contracts';
import type { BatchHandler, Chunk, Delivery, Outgoing } from '@ordergate/messaging';
import { deleteCustomers, saveCustomers, type Customer } from '../store/customer.store.ts';

/**
 * Keeps who the customers are. Messages carry the whole record; of several the newest by `updatedAt` stands
 * (SEMANTICS.md 14). A deleted key takes the name with it; what is owed stays, under the id.
 */
@Injectable()
export class OnCustomers implements BatchHandler {
  readonly types: readonly string[] = ['CustomerRegistered.v1', 'CustomerChanged.v1', 'CustomerDeleted'];

  async handle(deliveries: Delivery<CustomerChangedV1>[], { sql, at }: Chunk): Promise<Outgoing[]> {
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
    return [];
  }
}

function customerOf({ customerId, name, currency, language }: CustomerChangedV1, updatedAt: Date): Customer {
  return { customerId, name, currency, language, updatedAt };
}
