import { Database, migrate } from '@ordergate/database';
import type { Topic } from '@ordergate/contracts';
import type { BatchHandler } from '@ordergate/messaging';
import { LaneByHand } from '@ordergate/messaging/testing';
import { isolated } from '@ordergate/testing';
import { migrations } from '../../migrations/index.ts';
import type { Policy } from '../domain/policy/policy.ts';
import { OnCreditCommands } from './on-credit-commands.ts';
import { OnCustomers } from './on-customers.ts';
import { OnOrders } from './on-orders.ts';
import { OnReceivables } from './on-receivables.ts';

export const businessDay = '2026-03-02';

/** The handlers on a database of their own, with a business day, fed by hand. */
export async function creditLane(policy: Policy) {
  const { databaseUrl } = await isolated('credit-lane');
  await migrate(databaseUrl, migrations);
  const database = Database.open(databaseUrl, { name: 'credit lane spec' });
  await database.query('insert into business_day (business_day) values ($1)', [businessDay]);
  const handlers = new Map<Topic, BatchHandler>([
    ['orders', new OnOrders(policy)],
    ['receivables', new OnReceivables(policy)],
    ['customers', new OnCustomers(policy)],
    ['credit-commands', new OnCreditCommands(policy)],
  ]);
  const lane = await LaneByHand.open({
    databaseUrl,
    service: 'customer-credit',
    handlers,
    tombstoneTypes: new Map([['customers', 'CustomerDeleted']]),
  });
  return {
    ...{ database, lane },
    close: async (): Promise<void> => {
      await lane.close();
      await database.close();
    },
  };
}
