import { Database, migrate } from '@ordergate/database';
import type { Topic } from '@ordergate/contracts';
import type { BatchHandler } from '@ordergate/messaging';
import { LaneByHand, type EventByHand, type LoggedMessage } from '@ordergate/messaging/testing';
import { isolated } from '@ordergate/testing';
import { migrations } from '../../migrations/index.ts';
import { createLogger, Registry } from '@ordergate/observability';
import { barePolicy, type Policy } from '../domain/policy/policy.ts';
import { Policies } from '../policies.ts';
import { saveActivation, savePolicy } from '../store/policy.store.ts';
import { totalOf } from '../domain/account/exposure.ts';
import { readAccount } from '../store/credit-account.store.ts';
import { saveExchangeRate } from '../store/exchange-rate.store.ts';
import { OnCollections } from './on-collections.ts';
import { OnCreditCommands } from './on-credit-commands.ts';
import { OnCustomers } from './on-customers.ts';
import { OnOrders } from './on-orders.ts';
import { OnReceivables } from './on-receivables.ts';

export const businessDay = '2026-03-02';

/** What leaves: a message, or a dead letter with its violations. */
export interface Told {
  topic: string;
  key: string;
  type: string;
  data: any;
  violations: string | undefined;
}

type AnyEvent = EventByHand | ReturnType<LaneByHand['rawRecord']>;
const isNoHold = ({ topic }: Told): boolean => topic !== 'credit-holds';

function toldBy({ aggregatetype: topic, aggregateid: key, type, payload, headers }: LoggedMessage): Told {
  const { 'kafka_dlt-exception-message': violations } = headers as Record<string, string>;
  return { topic, key, type, data: payload === null ? undefined : JSON.parse(payload), violations };
}

const stored = [
  ...[
    'credit_account',
    'customer_order',
    'shipment',
    'decision',
    'exposure_movement',
    'command_outcome',
    'credit_hold',
  ],
  ...['hold_event', 'shipment_request', 'account_change'],
  ...[
    'receivable_item',
    'receivable_credit',
    'receivable_allocation',
    'receivable_dispute',
    'message_log',
    'payment_record',
    'customer_link',
  ],
];

/** The policy is in force from the first day on. */
async function activate(database: Database, policy: Policy, version: string): Promise<void> {
  if (policy === barePolicy) return;
  const at = new Date();
  await savePolicy(database, {
    version,
    document: { ...policy, version },
    note: null,
    writtenBy: 'spec',
    writtenAt: at,
  });
  const activation = { effectiveOn: '2000-01-01', reason: 'spec', activatedBy: 'spec', activatedAt: at };
  await saveActivation(database, { version, ...activation });
}

/** The handlers on a database of their own, with a business day, fed by hand. */
export async function creditLane(policy: Policy) {
  const { databaseUrl } = await isolated('credit-lane');
  await migrate(databaseUrl, migrations);
  const database = Database.open(databaseUrl, { name: 'credit lane spec' });
  await database.query('insert into business_day (business_day) values ($1)', [businessDay]);
  const policies = new Policies(database, createLogger('credit-lane', { write: () => undefined }), new Registry());
  await activate(database, policy, 'spec.1');
  const handlers = new Map<Topic, BatchHandler>([
    ['orders', new OnOrders(policies)],
    ['receivables', new OnReceivables(policies)],
    ['customers', new OnCustomers(policies)],
    ['collections', new OnCollections(policies)],
    ['credit-commands', new OnCreditCommands(policies)],
  ]);
  const lane = await LaneByHand.open({
    databaseUrl,
    service: 'customer-credit',
    handlers,
    tombstoneTypes: new Map([['customers', 'CustomerDeleted']]),
  });
  const tellAll = async (...events: AnyEvent[]): Promise<Told[]> => (await lane.chunk(events)).map(toldBy);
  const tell = async (...events: AnyEvent[]): Promise<Told[]> => (await tellAll(...events)).filter(isNoHold);
  const statementsDuring = async (work: () => Promise<unknown>): Promise<string[]> => {
    await database.query('create extension if not exists pg_stat_statements');
    const mine = 'dbid = (select oid from pg_database where datname = current_database())';
    await database.query(
      `select pg_stat_statements_reset(0, oid, 0) from pg_database where datname = current_database()`,
    );
    await work();
    const counted = await database.query<{ query: string; calls: number }>(
      `select query, calls::int from pg_stat_statements where ${mine} and query !~ 'pg_stat_statements' order by query`,
    );
    return counted.flatMap(({ query, calls }) => Array.from({ length: calls }, () => query));
  };
  return {
    ...{ database, lane, policies },
    /** One chunk; what it tells. */
    tellAll,
    /** The same without the state of holds, which goes along with decisions. */
    tell,
    /** Each event in a chunk of its own; what they tell, without the state of holds. */
    tellOneByOne: async (...events: EventByHand[]): Promise<Told[]> => {
      const told: Told[] = [];
      for (const event of events) told.push(...(await tell(event)));
      return told;
    },
    /** The statements of the chunk of these events, as Postgres has counted them, constants as `$n`. */
    statementsFor: (...events: AnyEvent[]): Promise<string[]> => statementsDuring(() => tellAll(...events)),
    statementsDuring,
    activate: (next: Policy, version: string) => activate(database, next, version),
    startDay: (day: string) => database.query('update business_day set business_day = $1', [day]),
    setRate: (day: string, from: string, to: string, rate: string) => saveExchangeRate(database, day, from, to, rate),
    /** What the account owes, by bucket that is not empty, in minor units. */
    owes: async (customerId: string): Promise<Record<string, bigint>> => {
      const { exposure } = (await readAccount(database, customerId))!;
      const buckets = Object.entries({ ...exposure, total: totalOf(exposure) });
      return Object.fromEntries(buckets.filter(([, minor]) => minor !== 0n));
    },
    /** Everything that is stored, as text: the same before and after when nothing has changed. */
    everything: async (): Promise<unknown> =>
      Promise.all(
        stored.map((table) => database.query(`select to_jsonb(t) as row from ${table} t order by to_jsonb(t)::text`)),
      ),
    close: async (): Promise<void> => {
      await lane.close();
      await database.close();
    },
  };
}
