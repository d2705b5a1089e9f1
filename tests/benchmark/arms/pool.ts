import { atMost, type Verdict } from '../report/verdicts.ts';
import { oneRow } from './one-row.ts';
import type { OurArm, Running } from './ours.ts';
import { benchmarkPolicy } from './servers.ts';

/** The busiest thousand, who place more than a fifth of all orders, owe in one pool that has room for all they order. */
const poolMembers = 1_000;
/** A hundred more owe in one that is full after some seconds: two lanes at its limit must not both take what is left. */
const fullPoolMembers = 100;

const pools = [
  { id: 'holding', limit: '9000000000000.00' },
  { id: 'thousand', limit: '8000000000000.00', parentId: 'holding' },
  { id: 'hundred', limit: '2000000.00', parentId: 'holding' },
];

/** The gate with credit groups, otherwise as it is. */
export const pool: OurArm = {
  name: 'pool',
  policyFile: benchmarkPolicy,
  facts: {
    record: (customer) => {
      if (customer < poolMembers) return { creditGroupId: 'thousand' };
      return customer < poolMembers + fullPoolMembers ? { creditGroupId: 'hundred' } : {};
    },
  },
  furnish: async (http) => {
    for (const { id, limit, ...above } of pools) {
      const body = { currency: 'EUR', limit: { kind: 'amount', amount: { amount: limit, currency: 'EUR' } }, ...above };
      await http.ask('PUT', `/v1/credit-groups/${id}`, { ...body, reason: 'benchmark' });
    }
  },
  prove,
};

/** Every approval with each pool that it recorded, as it stood before. */
const approvalsSql = `select pool->>'id' as id, (pool->>'exposure')::numeric as before, (pool->>'adds')::numeric as adds,
    (pool->'limit'->>'minor')::numeric as most
  from decision cross join lateral json_array_elements(facts->'account'->'groups') as pools(pool)
  where outcome in ('approved', 'released')`;

interface Found {
  approvals: number;
  beyond: number;
  /** Pools whose exposure is not what was approved in them: an update of one lane was lost to another. */
  wrong: number;
  held: number;
  deadlocks: number;
}

/** From the decisions' own record, and from what Postgres has counted. */
async function prove({ databaseUrl }: Running): Promise<Verdict[]> {
  const found = await oneRow<Found>(
    databaseUrl,
    `with approvals as (${approvalsSql})
     select (select count(*)::int from approvals) as approvals,
       (select count(*)::int from approvals where before + adds > most) as beyond,
       (select count(*)::int from credit_group g
        where exposure <> (select coalesce(sum(adds), 0) from approvals where id = g.group_id)) as wrong,
       (select count(*)::int from decision where reasons @> '[{"code": "group-limit-exceeded", "subject": "hundred"}]') as held,
       (select deadlocks::int from pg_stat_database where datname = current_database()) as deadlocks`,
  );
  const { approvals, held } = found;
  if (approvals === 0 || held === 0)
    throw new Error(`${approvals} approvals and ${held} holds with a pool: that proves nothing.`);
  return [
    atMost(`of ${approvals} approvals in pools, beyond a pool's limit`, found.beyond, 0),
    atMost('pools that are not the sum of their approvals', found.wrong, 0),
    atMost('deadlocks of pools', found.deadlocks, 0),
  ];
}
