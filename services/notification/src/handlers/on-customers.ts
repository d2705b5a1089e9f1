import { Injectable } from '@nestjs/common';
import type { CustomerChangedV1 } from '@ordergate/contracts';
import type { BatchHandler, Chunk, Delivery, Outgoing } from '@ordergate/messaging';
import { deleteCustomers, saveCustomers, type CustomerRecord } from '../store/customer.store.ts';

/**
 * Keeps what is needed to write to people about a customer. Messages carry the whole record; of several the newest by
 * `updatedAt` stands (SEMANTICS.md 14). A deleted key takes name and addresses with it.
 */
@Injectable()
export class OnCustomers implements BatchHandler {
  readonly types: readonly string[] = ['CustomerRegistered.v1', 'CustomerChanged.v1', 'CustomerDeleted'];

  async handle(deliveries: Delivery<CustomerChangedV1>[], { sql, at }: Chunk): Promise<Outgoing[]> {
    const latest = new Map<string, CustomerRecord | null>();
    for (const { type, message, time } of deliveries) {
      const record = type === 'CustomerDeleted' ? null : recordOf(message, time, at);
      const before = latest.get(message.customerId);
      if (!record || !before || record.updatedAt >= before.updatedAt) latest.set(message.customerId, record);
    }
    await deleteCustomers(
      sql,
      [...latest].filter(([, record]) => record === null).map(([customerId]) => customerId),
    );
    await saveCustomers(
      sql,
      [...latest.values()].filter((record) => record !== null),
    );
    return [];
  }
}

function recordOf(message: CustomerChangedV1, time: string | undefined, at: Date): CustomerRecord {
  const { customerId, name, language, salesRepId = null, email = null, contacts = [], updatedAt } = message;
  return { customerId, name, language, salesRepId, email, contacts, updatedAt: new Date(updatedAt ?? time ?? at) };
}
