/** A place in a service's compiled code, and what stands there instead. */
interface Replacement {
  /** The end of the module's path. */
  file: string;
  instead: RegExp;
  put: string;
}

/** A mistake that somebody could make, as it would look in customer-credit. */
export interface Break {
  name: string;
  says: string;
  /** The checks that must find it. */
  foundBy: readonly string[];
  replacements: readonly Replacement[];
  /** What the database would refuse otherwise: it is a second guard behind the one that is taken away. */
  sql?: string;
  /** Half of the messages lie on another partition than their customer's. */
  misplaces?: boolean;
  /** How often the process is killed meanwhile. */
  kills: number;
}

const accountStore = 'services/customer-credit/dist/src/store/credit-account.store.js';
const groupStore = 'services/customer-credit/dist/src/store/credit-group.store.js';
const laneConsumer = 'libs/messaging/dist/lane-consumer.js';
const takeOver = 'libs/messaging/dist/take-over.js';
const chunkTransaction = 'libs/messaging/dist/chunk-transaction.js';

/** The windows that these mistakes open are milliseconds wide; here they are wide enough for a short run to fall into. */
export const breaks: readonly Break[] = [
  {
    name: 'no-account-lock',
    says: 'accounts are read without a lock, and two lanes may decide for one customer',
    foundBy: ['ledger-is-account', 'within-the-limit'],
    replacements: [
      { file: accountStore, instead: / order by customer_id for update'/, put: " order by customer_id'" },
      {
        file: accountStore,
        instead: /await lock\(customerIds\);/,
        put: "$& await sql.query('select pg_sleep(0.03)');",
      },
      { file: 'libs/messaging/dist/decoding.js', instead: /const placed = [^;]*;/, put: 'const placed = {};' },
    ],
    sql: `alter table decision drop constraint decision_pkey;
      alter table exposure_movement drop constraint exposure_movement_pkey`,
    misplaces: true,
    kills: 0,
  },
  {
    name: 'offset-before-commit',
    says: 'the offset is committed before the database is',
    foundBy: ['every-message-taken', 'one-decision-per-version'],
    replacements: [
      {
        file: laneConsumer,
        instead: /if \(!await this\.handled\(chunk, payload\)\) return;/,
        put: `resolveOffset(messages.at(-1).offset);
              await commitOffsetsIfNecessary(uncommittedOffsets());
              await pause(250);
              $&`,
      },
    ],
    kills: 3,
  },
  {
    name: 'publish-before-commit',
    says: 'messages leave before their transaction has committed',
    foundBy: ['nothing-invented'],
    replacements: [
      {
        file: 'libs/messaging/dist/lane.js',
        instead: /const work = \{/,
        put: '$& publish: (rows) => this.publishing.push(rows),',
      },
      {
        file: chunkTransaction,
        instead: /async function writeLog\(sql, outgoing, \{ writer, owned \}, at\) \{/,
        put: 'async function writeLog(sql, outgoing, { writer, owned, publish }, at) {',
      },
      {
        file: chunkTransaction,
        instead: /return \{\s*rows,\s*positions,/,
        put: 'publish(rows); await new Promise((resolve) => setTimeout(resolve, 250)); $&',
      },
    ],
    kills: 3,
  },
  {
    name: 'no-inbox',
    says: 'nobody remembers which messages came',
    foundBy: ['every-message-taken'],
    replacements: [
      {
        file: 'libs/messaging/dist/inbox.js',
        instead: /export async function siftDuplicates\([^)]*\) \{/,
        put: '$& return { fresh: [...deliveries], duplicates: 0, conflicts: [] };',
      },
    ],
    kills: 0,
  },
  {
    name: 'stale-limit',
    says: 'the limit is kept in memory and not read again',
    foundBy: ['limit-is-current'],
    replacements: [
      {
        file: accountStore,
        instead: /function toAccount\(row\) \{/,
        put: `const firstLimits = new Map();
              $& if (row.currency !== null && !firstLimits.has(row.customer_id)) firstLimits.set(row.customer_id, limitOf(row));`,
      },
      {
        file: accountStore,
        instead: /limit: limitOf\(row\)/,
        put: 'limit: firstLimits.get(row.customer_id) ?? limitOf(row)',
      },
    ],
    kills: 0,
  },
  {
    name: 'nothing-taken',
    says: 'what is authorized is not taken from the ceiling',
    foundBy: ['within-the-ceiling'],
    replacements: [
      {
        file: 'services/customer-credit/dist/src/handlers/shipments.js',
        instead: /authorized: authorized \+ decided\.value\.minor/,
        put: 'authorized',
      },
    ],
    kills: 0,
  },
  {
    name: 'stale-hold',
    says: 'a hold that is released is told as it was before',
    foundBy: ['holds-as-told'],
    replacements: [
      {
        file: 'services/customer-credit/dist/src/handlers/hold-message.js',
        instead: /status: hold\.status/,
        put: "status: hold.status === 'released' ? 'open' : hold.status",
      },
    ],
    kills: 0,
  },
  {
    name: 'no-leftovers',
    says: 'a new owner does not send what its predecessor had committed and not sent',
    foundBy: ['all-published'],
    replacements: [
      {
        file: takeOver,
        instead: /const sent = await publishLeftovers\([^;]*;/,
        put: 'const sent = 0; row.published = row.position;',
      },
      {
        file: 'libs/messaging/dist/publisher.js',
        instead: /const topicMessages = byTopic\(page\);/,
        put: 'await new Promise((resolve) => setTimeout(resolve, 250)); $&',
      },
    ],
    kills: 3,
  },
  {
    name: 'no-pool-lock',
    says: 'credit groups are read without a lock, and two lanes give away the same credit',
    foundBy: ['pool-is-its-members'],
    replacements: [
      {
        file: groupStore,
        instead: / order by depth desc, group_id for update`, \[\s*groupIds\s*\]\);/,
        put: " order by depth desc, group_id`, [groupIds]); await sql.query('select pg_sleep(0.03)');",
      },
    ],
    kills: 0,
  },
  {
    name: 'pools-in-any-order',
    says: 'credit groups are locked as they come, and two lanes wait for each other',
    foundBy: ['no-deadlock'],
    replacements: [
      {
        file: groupStore,
        instead: /export async function lockGroups\([^)]*\) \{/,
        put: `$& for (const one of [...groupIds].sort(() => Math.random() - 0.5))
                await sql.query('select pg_sleep(0.02) from (select 1 from credit_group where group_id = $1 for update) as locked', [one]);`,
      },
    ],
    kills: 0,
  },
  {
    name: 'blind-to-pools',
    says: 'nobody asks for the limits of credit groups',
    foundBy: ['within-the-pool'],
    replacements: [
      {
        file: 'services/customer-credit/dist/src/domain/gate/group-limit.rule.js',
        instead: /if \(order\.adds === 0n \|\| account\.hasUnconverted\)/,
        put: '',
      },
    ],
    kills: 0,
  },
];
