import { convert, daysBetween } from '@ordergate/money';
import type { Sql } from '@ordergate/database';
import type { Cause, Chunk, Outgoing } from '@ordergate/messaging';
import type { CreditAccount } from '../domain/account/credit-account.ts';
import { afterMovement, movesNothing, noExposure, totalOf, type Exposure } from '../domain/account/exposure.ts';
import type { CountedItem } from '../domain/account/open-items.ts';
import { shareOf, unseenOrder, type CustomerOrder } from '../domain/order/customer-order.ts';
import { withGoods } from '../domain/order/order-goods.ts';
import type { Policy } from '../domain/policy/policy.ts';
import type { Policies, PoliciesInForce } from '../policies.ts';
import { fewestOverdueDays } from '../domain/policy/select-parameters.ts';
import { lockAccounts, saveFigures, saveMaster } from '../store/credit-account.store.ts';
import { saveAccountChanges, type AccountChange } from '../store/account-change.store.ts';
import { lockGroups, readGroups } from '../store/credit-group.store.ts';
import { loadOrders, saveOrders, type OrderKey } from '../store/customer-order.store.ts';
import { saveDecisions, type MadeDecision } from '../store/decision.store.ts';
import { ExchangeRates, loadExchangeRates } from '../store/exchange-rate.store.ts';
import { saveShadowDifferences, type ShadowDifference } from '../store/shadow-difference.store.ts';
import { nameInLedger, saveMovements, type LedgerEntry } from '../store/ledger.store.ts';
import { loadOpenItems } from '../store/open-item.store.ts';
import { GroupPools } from './group-pools.ts';
import { groupsOfChunk } from './groups-of-chunk.ts';
import { HoldCases } from './hold-cases.ts';
import { PaymentLateness } from './payment-lateness.ts';
import { segmentOf, SegmentExposures } from './segment-exposures.ts';
import { NoBusinessDay } from './no-business-day.ts';
import { OrderHistories } from './order-histories.ts';

const keyOf = (customerId: string, orderId: string): string => `${customerId}\n${orderId}`;

/**
 * What one chunk does to accounts: loaded and locked once, changed in memory message by message, saved in a handful of
 * statements. So a batch and one-by-one give the same.
 */
export class AccountWork {
  readonly outgoing: Outgoing[] = [];
  readonly businessDay: string;
  readonly chunk: Chunk;
  readonly policy: Policy;
  /** A candidate whose answers are only counted. */
  readonly shadow: Policy | null;
  readonly histories: OrderHistories;
  readonly holds = new HoldCases();
  private readonly policies: Policies;
  private readonly accounts: ReadonlyMap<string, CreditAccount>;
  private readonly orders = new Map<string, CustomerOrder>();
  private items = new Map<string, readonly CountedItem[]>();
  private rates = new ExchangeRates();
  pools = new GroupPools(new Map(), () => null);
  segments = new SegmentExposures();
  lateness = new PaymentLateness();
  private readonly decisions: MadeDecision[] = [];
  private readonly differences: ShadowDifference[] = [];
  private readonly changes: AccountChange[] = [];
  private readonly entries: LedgerEntry[] = [];
  private readonly changedAccounts = new Set<CreditAccount>();
  private readonly changedMasters = new Set<CreditAccount>();
  private readonly newOrders = new Set<CustomerOrder>();
  private readonly changedOrders = new Set<CustomerOrder>();

  private constructor(
    chunk: Chunk,
    policies: Policies,
    businessDay: string,
    { live, shadow }: PoliciesInForce,
    accounts: ReadonlyMap<string, CreditAccount>,
  ) {
    this.chunk = chunk;
    this.policies = policies;
    this.businessDay = businessDay;
    this.policy = live;
    this.shadow = shadow;
    this.histories = new OrderHistories(shadow === null ? [live] : [live, shadow]);
    this.accounts = accounts;
  }

  /** Locks the accounts and loads the orders that are named; open items only where the gate may ask for them. */
  static async load(
    chunk: Chunk,
    policies: Policies,
    customerIds: readonly string[],
    orders: readonly OrderKey[] = [],
  ): Promise<AccountWork> {
    const find = (sql: Sql) => lockAccounts(sql, [...new Set(customerIds)]);
    return AccountWork.over(chunk, policies, find, orders, lockGroups);
  }

  /** The same over accounts that are found in another way. A lane's statements run in order: orders are read under the lock. */
  static async over(
    chunk: Chunk,
    policies: Policies,
    find: (sql: Sql) => Promise<Map<string, CreditAccount>>,
    orders: readonly OrderKey[],
    loadGroups = readGroups,
  ): Promise<AccountWork> {
    const { sql, businessDay } = chunk;
    if (businessDay === null) throw new NoBusinessDay();
    const [inForce, accounts, known] = await Promise.all([
      policies.inForce(sql, businessDay),
      find(sql),
      loadOrders(sql, orders),
    ]);
    const work = new AccountWork(chunk, policies, businessDay, inForce, accounts);
    work.take(known);
    await work.takePools(loadGroups);
    const all = [...accounts.values()];
    const asked = all.filter((account) => work.asksForOpenItems(account)).map(({ customerId }) => customerId);
    [work.segments, work.lateness, work.items] = await Promise.all([
      SegmentExposures.load(sql, all),
      PaymentLateness.load(sql, all, inForce, businessDay),
      loadOpenItems(sql, asked),
      work.histories.load(sql, accounts),
      work.holds.load(sql, known),
    ]);
    await work.withRatesFor(work.histories.currenciesOfLinked());
    return work;
  }

  /** The credit groups of the accounts and of all that the transaction will touch, and all above. */
  private async takePools(load: typeof lockGroups): Promise<void> {
    const groupIds = await groupsOfChunk(this.chunk, this.accounts);
    if (groupIds.length === 0) return;
    const groups = await load(this.chunk.sql, groupIds);
    const owners = [...this.accounts.values(), ...groups.values()];
    const currencies = new Set(owners.flatMap(({ currency }) => currency ?? []));
    await this.withAllRates(currencies.size > 1);
    this.pools = new GroupPools(groups, (minor, from, to) => {
      const rate = this.rate(from, to);
      return rate === null ? null : convert(minor, from, to, rate);
    });
  }

  /** The rates of the day, if a message or an order in hand is in a currency that is not its account's. */
  async withRatesFor(told: readonly (readonly [customerId: string, currency: string])[]): Promise<void> {
    const inHand = [...this.orders.values()].map(({ customerId, currency }) => [customerId, currency] as const);
    const isNeeded = [...told, ...inHand].some(([customerId, currency]) => {
      const accountCurrency = this.account(customerId).currency;
      return accountCurrency !== null && currency !== null && accountCurrency !== currency;
    });
    await this.withAllRates(isNeeded);
  }

  /** The rates of the day, where something may wait for any of them. */
  async withAllRates(isNeeded: boolean): Promise<void> {
    if (isNeeded && !this.rates.areLoaded) this.rates = await loadExchangeRates(this.chunk.sql, this.businessDay);
  }

  /** Adds orders, such as an account's held ones; those already in hand stay as they are. */
  take(orders: readonly CustomerOrder[]): void {
    for (const order of orders) {
      const key = keyOf(order.customerId, order.orderId);
      if (!this.orders.has(key)) this.orders.set(key, order);
    }
  }

  account(customerId: string): CreditAccount {
    return this.accounts.get(customerId)!;
  }

  order(customerId: string, orderId: string): CustomerOrder {
    const key = keyOf(customerId, orderId);
    const known = this.orders.get(key);
    if (known) return known;
    const order = unseenOrder(customerId, orderId);
    this.orders.set(key, order);
    this.newOrders.add(order);
    return order;
  }

  /** The account's orders that are in hand, oldest first. */
  ordersOf(customerId: string): CustomerOrder[] {
    return [...this.orders.values()]
      .filter((order) => order.customerId === customerId)
      .sort((a, b) => (a.placedAt?.getTime() ?? 0) - (b.placedAt?.getTime() ?? 0) || (a.orderId < b.orderId ? -1 : 1));
  }

  /** The account's open items; loaded only for accounts whose oldest item is old enough to matter. */
  openItems({ customerId }: CreditAccount): readonly CountedItem[] {
    return this.items.get(customerId) ?? [];
  }

  /** The account's open items after a change to them. */
  setOpenItems(customerId: string, items: readonly CountedItem[]): void {
    this.items.set(customerId, items);
  }

  private asksForOpenItems({ currency, oldestDueOn }: CreditAccount): boolean {
    if (currency === null || oldestDueOn === null) return false;
    const days = Math.min(fewestOverdueDays(this.policy), this.shadow ? fewestOverdueDays(this.shadow) : Infinity);
    return daysBetween(oldestDueOn, this.businessDay) > days;
  }

  rate(from: string | null, to: string | null): string | null {
    return from === null || to === null ? null : this.rates.rate(from, to);
  }

  /** A person or the master record changes the account: kept as history under the account's next `seq`, which it returns. */
  recordChange(account: CreditAccount, type: string, data: object): bigint {
    const seq = this.nextSeq(account);
    this.changes.push({ customerId: account.customerId, seq, type, data, changedAt: this.chunk.at });
    return seq;
  }

  /** Counts one decision or state change of the account. */
  nextSeq(account: CreditAccount): bigint {
    account.seq += 1n;
    this.changedAccounts.add(account);
    return account.seq;
  }

  /**
   * Changes an order; what its share of the exposure moves goes into the ledger, together with what moves `alongside` it.
   * Under `seq` when the change belongs to a decision, else under the account's next one.
   */
  changeOrder(
    account: CreditAccount,
    order: CustomerOrder,
    cause: Cause,
    change: () => void,
    { seq, alongside }: { seq?: bigint; alongside?: Exposure } = {},
  ): void {
    const before = shareOf(order, account.currency);
    const wasHeld = order.status === 'held';
    this.segments.move(account, segmentOf(account, order), -totalOf(before));
    change();
    this.changedOrders.add(withGoods(order, account.seq, this.businessDay));
    if (wasHeld !== (order.status === 'held')) {
      account.openHolds += wasHeld ? -1 : 1;
      this.changedAccounts.add(account);
    }
    const after = shareOf(order, account.currency);
    this.segments.move(account, segmentOf(account, order), totalOf(after) + totalOf(alongside ?? noExposure));
    const moved = {
      ...noExposure,
      openOrders: after.openOrders - before.openOrders,
      shippedNotInvoiced: after.shippedNotInvoiced - before.shippedNotInvoiced,
    };
    this.move(account, alongside ? afterMovement(moved, alongside) : moved, cause, seq);
  }

  /** Moves the account's exposure by an entry in the ledger. */
  move(account: CreditAccount, movement: Exposure, cause: Cause, seq?: bigint): void {
    if (movesNothing(movement)) return;
    account.exposure = afterMovement(account.exposure, movement);
    this.pools.settle(account, cause);
    this.entries.push({
      ...movement,
      customerId: account.customerId,
      seq: seq ?? this.nextSeq(account),
      causedBy: nameInLedger(cause),
      businessDay: this.businessDay,
    });
  }

  /** What the shadow policy would have answered otherwise. */
  differs(difference: ShadowDifference | null): void {
    if (difference) this.differences.push(difference);
  }

  /** Adds a decision on an order that has changed with it: what that moved is stored with the decision. */
  decided(order: CustomerOrder, decision: MadeDecision['decision'], cause: Cause): void {
    order.decidedSeq = decision.seq;
    const last = this.entries.at(-1);
    const moves = last?.seq === decision.seq && last.customerId === decision.customerId ? this.entries.pop()! : null;
    this.decisions.push({ decision, causedBy: nameInLedger(cause), moves });
  }

  /** Marks what people and the master record change. */
  changeMaster(account: CreditAccount): void {
    this.changedMasters.add(account);
  }

  /** Marks counters and flags of the account that are neither orders nor exposure. */
  changeAccount(account: CreditAccount): void {
    this.changedAccounts.add(account);
  }

  /** Writes what has changed, with the commit; returns what must be told. */
  save(): Outgoing[] {
    const { sql } = this.chunk;
    const orders = [...this.changedOrders];
    const added = orders.filter((order) => this.newOrders.has(order));
    const changed = added.length === orders.length ? [] : orders.filter((order) => !this.newOrders.has(order));
    this.chunk.beforeCommit(
      Promise.all([
        saveMaster(sql, [...this.changedMasters]),
        saveFigures(sql, [...this.changedAccounts]),
        saveOrders(sql, { added, changed }),
        saveDecisions(sql, this.decisions),
        saveShadowDifferences(sql, this.differences),
        saveAccountChanges(sql, this.changes),
        saveMovements(sql, this.entries),
        this.pools.save(sql),
        this.holds.save(sql),
      ]),
    );
    this.policies.countDifferences(this.differences);
    return this.outgoing;
  }
}
