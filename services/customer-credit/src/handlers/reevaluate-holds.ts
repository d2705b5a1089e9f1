import type { Cause, OutgoingMessage } from '@ordergate/messaging';
import type { CreditAccount } from '../domain/account/credit-account.ts';
import { inReleaseOrder } from '../domain/hold/release-order.ts';
import { selectParameters } from '../domain/policy/select-parameters.ts';
import { loadHeldOrders } from '../store/customer-order.store.ts';
import type { AccountWork } from './account-work.ts';
import { decideAgain } from './decide.ts';

/** How often one transaction asks held orders again: more would keep its lane's other customers waiting. */
const asksMax = 5_000;

/**
 * Held orders are asked again in the transaction of what may free them, after each event, so that a chunk and one by one
 * give the same. Their accounts know how many they have: for those without any, nothing is loaded or asked. Where it would
 * be too much, a command asks them in a transaction of their own.
 */
export class Reevaluation {
  private readonly deferred: ReadonlySet<string>;
  private readonly asked = new Set<string>();

  private constructor(deferred: ReadonlySet<string>) {
    this.deferred = deferred;
  }

  /** Loads the held orders of the accounts to which something happens that may change what holds them. */
  static async of(work: AccountWork, happening: readonly { customerId: string }[]): Promise<Reevaluation> {
    const wanted = new Set<string>();
    const deferred = new Set<string>();
    let asks = 0;
    for (const [customerId, events] of Map.groupBy(happening, ({ customerId: of }) => of)) {
      const { openHolds } = work.account(customerId);
      if (openHolds === 0) continue;
      // The first is never too large, or a customer with very many holds would never be asked.
      if (asks > 0 && asks + openHolds * events.length > asksMax) deferred.add(customerId);
      else wanted.add(customerId);
      asks += openHolds * events.length;
    }
    const orders = await loadHeldOrders(work.chunk.sql, [...wanted]);
    work.take(orders);
    await work.holds.load(work.chunk.sql, orders);
    if (orders.length > 0) await work.withRatesFor([]);
    return new Reevaluation(deferred);
  }

  /** Something has happened to the account: its held orders are asked, now or by a command. */
  ask(work: AccountWork, account: CreditAccount, cause: Cause): void {
    if (account.openHolds === 0) return;
    if (!this.deferred.has(account.customerId)) return reevaluateHolds(work, account, cause);
    if (this.asked.has(account.customerId)) return;
    this.asked.add(account.customerId);
    work.outgoing.push(reevaluationOf(account.customerId, 'many orders are held', cause));
  }
}

/** Asks every held order of the account that is in hand, in the order of the policy, never past what is allowed. */
export function reevaluateHolds(work: AccountWork, account: CreditAccount, cause: Cause): void {
  const held = work.holds.heldOf(work, account).filter(({ order }) => !order.heldFor.includes('technical-error'));
  if (held.length === 0) return;
  const { holdOrder } = selectParameters(work.policy, {
    currency: account.currency ?? held[0]!.order.currency!,
    customerId: account.customerId,
    segment: account.segment,
    riskClass: account.riskClass,
    groups: work.pools.chain(account).map(({ groupId }) => groupId),
  });
  for (const { order } of inReleaseOrder(held, holdOrder)) decideAgain(work, order, cause);
}

/** Asks an account's held orders in a transaction of its own. */
export function reevaluationOf(customerId: string, because: string, causedBy: Cause): OutgoingMessage {
  const data = { customerId, because };
  return { topic: 'credit-commands', key: customerId, type: 'ReevaluationRequested.v1', data, causedBy };
}
