import type { OrderPlacedV1 } from '@ordergate/contracts';
import type { Sql } from '@ordergate/database';
import type { Chunk } from '@ordergate/messaging';
import { stubAccount } from '../domain/account/credit-account.ts';
import { technicalError } from '../domain/gate/technical-error.rule.ts';
import { takeVersion } from '../domain/order/take-version.ts';
import type { Policies } from '../policies.ts';
import { readAccount } from '../store/credit-account.store.ts';
import { AccountWork } from './account-work.ts';
import { holdForTechnicalError, keepApproval } from './decide.ts';
import { decideVersion, undecidedBecause } from './on-orders.ts';
import { applyVersion, versionOf } from './order-version.ts';

/**
 * Decides as the lane would, on what is committed now, and throws the work away. Answers with the decision's message.
 * `waitsForRepair`: a message of the customer is parked, so not all facts are known (SEMANTICS.md 16).
 */
export async function checkOrder(
  chunk: Chunk,
  policies: Policies,
  message: OrderPlacedV1,
  waitsForRepair: boolean,
): Promise<object> {
  const { customerId } = message;
  const find = async (sql: Sql) =>
    new Map([[customerId, (await readAccount(sql, customerId)) ?? stubAccount(customerId)]]);
  const work = await AccountWork.over(chunk, policies, find, [message]);
  await work.withRatesFor([[message.customerId, message.total.currency]]);
  const order = work.order(message.customerId, message.orderId);
  const incoming = versionOf(message);
  const cause = {
    id: 'credit-check',
    source: 'credit-check',
    correlationId: undefined,
    traceparent: undefined,
    partition: 0,
    customerId: message.customerId,
    record: { topic: 'orders' as const, partition: 0, offset: '0', key: null, value: null, headers: {} },
  };
  if (waitsForRepair)
    holdForTechnicalError(work, order, cause, technicalError(undecidedBecause.parked), incoming.version);
  else if (takeVersion(order, incoming, work.businessDay).outcome === 'keeps-approval')
    keepApproval(work, order, cause, () => applyVersion(order, incoming));
  else decideVersion(work, order, incoming, cause);
  const [told] = work.outgoing;
  if (!told || !('data' in told)) throw new Error('A credit check gives exactly one answer');
  const { decisionId: _decisionId, seq: _seq, ...answer } = told.data as { decisionId: string; seq: number };
  return { outcome: told.type === 'OrderHeld.v1' ? 'held' : 'approved', ...answer };
}
