import { appendingTo, type Sql } from '@ordergate/database';
import type { CreditLimit } from '../domain/account/credit-account.ts';
import type { Exposure } from '../domain/account/exposure.ts';
import type { Decision, DecisionFacts, Outcome } from '../domain/gate/decision.ts';
import type { Reason } from '../domain/gate/reason.ts';
import type { OrderKey } from './customer-order.store.ts';

const append = appendingTo('decision', {
  customer_id: 'text',
  seq: 'int8',
  decision_id: 'uuid',
  order_id: 'text',
  previous_seq: 'int8',
  order_version: 'int',
  outcome: 'text',
  decided_at: 'timestamptz',
  business_day: 'date',
  policy_version: 'text',
  decided_by: 'text',
  currency: 'text',
  total: 'int8',
  account_currency: 'text',
  total_in_account_currency: 'int8',
  rate: 'text',
  open_orders: 'int8',
  shipped_not_invoiced: 'int8',
  receivables: 'int8',
  instruments_in_hand: 'int8',
  unallocated_credits: 'int8',
  limit_kind: 'text',
  limit_minor: 'int8',
  adds: 'int8',
  ceiling: 'int8',
  valid_until: 'date',
  reasons: 'jsonb',
  facts: 'json',
  caused_by: 'text',
  moves_open_orders: 'int8',
  moves_shipped_not_invoiced: 'int8',
});

/** A decision as it is stored: with the message that caused it, and its entry in the ledger if it moves anything. */
export interface MadeDecision {
  decision: Decision;
  causedBy: string;
  moves: Pick<Exposure, 'openOrders' | 'shippedNotInvoiced'> | null;
}

/** Appends decisions; (customer, seq) is unique, so a second writer of one customer would fail here. */
export async function saveDecisions(sql: Sql, made: readonly MadeDecision[]): Promise<void> {
  await append(sql, made.map(toRow));
}

function toRow({ decision, causedBy, moves }: MadeDecision) {
  const { exposure, limit, approval, total, reasons, facts } = decision;
  return {
    customer_id: decision.customerId,
    seq: decision.seq,
    decision_id: decision.decisionId,
    order_id: decision.orderId,
    previous_seq: decision.previousSeq,
    order_version: decision.orderVersion,
    outcome: decision.outcome,
    decided_at: decision.decidedAt,
    business_day: decision.businessDay,
    policy_version: decision.policyVersion,
    decided_by: decision.decidedBy,
    currency: total?.currency ?? null,
    total: total?.minor ?? null,
    account_currency: decision.accountCurrency,
    total_in_account_currency: decision.totalInAccountCurrency,
    rate: decision.rate,
    open_orders: exposure.openOrders,
    shipped_not_invoiced: exposure.shippedNotInvoiced,
    receivables: exposure.receivables,
    instruments_in_hand: exposure.instrumentsInHand,
    unallocated_credits: exposure.unallocatedCredits,
    limit_kind: limit.kind,
    limit_minor: limit.kind === 'amount' ? limit.minor : null,
    adds: decision.adds,
    ceiling: approval?.ceiling ?? null,
    valid_until: approval?.validUntil ?? null,
    reasons: reasons.length > 0 ? JSON.stringify(reasons) : null,
    facts: facts ? JSON.stringify(facts) : null,
    caused_by: causedBy,
    moves_open_orders: moves?.openOrders ?? null,
    moves_shipped_not_invoiced: moves?.shippedNotInvoiced ?? null,
  };
}

export interface DecisionRow {
  customer_id: string;
  seq: bigint;
  decision_id: string;
  order_id: string;
  previous_seq: bigint | null;
  order_version: number | null;
  outcome: Outcome;
  decided_at: Date;
  business_day: string;
  policy_version: string;
  decided_by: string;
  currency: string | null;
  total: bigint | null;
  account_currency: string | null;
  total_in_account_currency: bigint | null;
  rate: string | null;
  open_orders: bigint;
  shipped_not_invoiced: bigint;
  receivables: bigint;
  instruments_in_hand: bigint;
  unallocated_credits: bigint;
  limit_kind: CreditLimit['kind'];
  limit_minor: bigint | null;
  adds: bigint | null;
  ceiling: bigint | null;
  valid_until: string | null;
  reasons: Reason[] | null;
  facts: DecisionFacts | null;
}

/** A row of the table as the decision that it keeps. */
export function toDecision(row: DecisionRow): Decision {
  return {
    customerId: row.customer_id,
    seq: row.seq,
    decisionId: row.decision_id,
    orderId: row.order_id,
    previousSeq: row.previous_seq,
    orderVersion: row.order_version,
    outcome: row.outcome,
    decidedAt: row.decided_at,
    businessDay: row.business_day,
    policyVersion: row.policy_version,
    decidedBy: row.decided_by,
    total: row.total === null ? null : { minor: row.total, currency: row.currency! },
    accountCurrency: row.account_currency,
    totalInAccountCurrency: row.total_in_account_currency,
    rate: row.rate,
    exposure: {
      openOrders: row.open_orders,
      shippedNotInvoiced: row.shipped_not_invoiced,
      receivables: row.receivables,
      instrumentsInHand: row.instruments_in_hand,
      unallocatedCredits: row.unallocated_credits,
    },
    limit: row.limit_kind === 'amount' ? { kind: 'amount', minor: row.limit_minor! } : { kind: row.limit_kind },
    adds: row.adds,
    approval: row.ceiling === null ? null : { ceiling: row.ceiling, validUntil: row.valid_until! },
    reasons: row.reasons ?? [],
    facts: row.facts,
  };
}

/** One decision; undefined if there is none of this id. */
export async function readDecision(sql: Sql, decisionId: string): Promise<Decision | undefined> {
  const [row] = await sql.query<DecisionRow>('select * from decision where decision_id = $1', [decisionId]);
  return row && toDecision(row);
}

/** So many, and only those before a seq when it is given. */
interface DecisionPage {
  beforeSeq?: bigint;
  limit: number;
}

/** A customer's, newest first. */
export async function readDecisions(
  sql: Sql,
  customerId: string,
  { beforeSeq, limit }: DecisionPage,
): Promise<Decision[]> {
  const rows = await sql.query<DecisionRow>(
    `select * from decision where customer_id = $1 and ($2::int8 is null or seq < $2) order by seq desc limit $3`,
    [customerId, beforeSeq ?? null, limit],
  );
  return rows.map(toDecision);
}

/** An order's, newest first: each names the one before, so that no index is kept for what only people ask. */
export async function readDecisionsOf(
  sql: Sql,
  { customerId, orderId }: OrderKey,
  { beforeSeq, limit }: DecisionPage,
): Promise<Decision[]> {
  const rows = await sql.query<DecisionRow>(
    `with recursive its as (
       select d.* from customer_order o join decision d on d.customer_id = o.customer_id and d.seq = o.decided_seq
         where o.customer_id = $1 and o.order_id = $2
       union all
       select d.* from its join decision d on d.customer_id = its.customer_id and d.seq = its.previous_seq
     )
     select * from its where $3::int8 is null or seq < $3 order by seq desc limit $4`,
    [customerId, orderId, beforeSeq ?? null, limit],
  );
  return rows.map(toDecision);
}
