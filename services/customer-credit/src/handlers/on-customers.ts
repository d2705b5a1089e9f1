import { Injectable } from '@nestjs/common';
import type { CustomerChangedV1, CustomerRegisteredV1 } from '@ordergate/contracts';
import { parseMoney } from '@ordergate/money';
import {
  deadLetter,
  type BatchHandler,
  type Cause,
  type Chunk,
  type Delivery,
  type Outgoing,
} from '@ordergate/messaging';
import { loadBooks, saveBooks, type Book } from '@ordergate/receivables';
import type { CreditAccount, CreditLimit } from '../domain/account/credit-account.ts';
import { linksOf, type Identity } from '../domain/account/customer-links.ts';
import { takeMasterRecord, type MasterRecord, type RecordTaken } from '../domain/account/take-master-record.ts';
import { Policies } from '../policies.ts';
import { commandSource } from '../commands/command-source.ts';
import { saveOutcomes, type CommandOutcome } from '../store/command-outcome.store.ts';
import { saveCustomerLinks } from '../store/customer-link.store.ts';
import { loadAllOrders } from '../store/customer-order.store.ts';
import { accountData, blocked, limitChanged, riskClassChanged, unblocked } from './account-messages.ts';
import { AccountWork } from './account-work.ts';
import { Reevaluation, reevaluationOf } from './reevaluate-holds.ts';
import { settleAccount } from './settle-account.ts';
import { tellGroupMembers } from './tell-group-members.ts';

type Customer = CustomerRegisteredV1 | CustomerChangedV1;

/** Customer master records: the account is opened, its limit and terms are taken over, or it is closed. */
@Injectable()
export class OnCustomers implements BatchHandler {
  readonly types: readonly string[] = ['CustomerRegistered.v1', 'CustomerChanged.v1', 'CustomerDeleted'];
  private readonly policies: Policies;

  constructor(policies: Policies) {
    this.policies = policies;
  }

  async handle(deliveries: Delivery<Customer>[], chunk: Chunk): Promise<Outgoing[]> {
    const customerIds = [...new Set(deliveries.map(({ customerId }) => customerId))];
    const work = await AccountWork.load(chunk, this.policies, customerIds);
    const settled = settledBy(work, deliveries);
    const books = await loadBooks(chunk.sql, settled);
    work.take(await loadAllOrders(chunk.sql, settled));
    await work.withAllRates(settled.length > 0);
    const reevaluation = await Reevaluation.of(work, work.histories.asksForLinked ? [] : deliveries);
    const outcomes: CommandOutcome[] = [];
    const identities = new Map<string, string[]>();
    for (const delivery of deliveries) {
      if (delivery.type === 'CustomerDeleted') close(work, delivery, identities);
      else outcomes.push(...take(work, books, delivery, identities));
      askHeld(work, reevaluation, delivery);
    }
    await saveCustomerLinks(chunk.sql, identities);
    await saveBooks(chunk.sql, books);
    await saveOutcomes(chunk.sql, chunk.at, outcomes);
    await tellGroupMembers(work);
    return work.save();
  }
}

/**
 * A record may change who is linked to whom, and links are saved with the whole chunk: where the policy asks for them, held
 * orders are asked afterwards.
 */
function askHeld(work: AccountWork, reevaluation: Reevaluation, delivery: Delivery<Customer>): void {
  const account = work.account(delivery.customerId);
  if (account.currency === null || account.openHolds === 0) return;
  if (!work.histories.asksForLinked) return reevaluation.ask(work, account, delivery);
  work.outgoing.push(reevaluationOf(account.customerId, 'its record has changed', delivery));
}

/** Accounts that get a currency, or another one: what waits for it is settled with it. */
function settledBy(work: AccountWork, deliveries: readonly Delivery<Customer>[]): string[] {
  const changing = deliveries.filter(({ customerId, type, message }) => {
    const { currency } = work.account(customerId);
    return currency === null || (type !== 'CustomerDeleted' && message.currency !== currency);
  });
  return [...new Set(changing.map(({ customerId }) => customerId))];
}

function take(
  work: AccountWork,
  books: ReadonlyMap<string, Book>,
  delivery: Delivery<Customer>,
  identities: Map<string, string[]>,
): CommandOutcome[] {
  const account = work.account(delivery.customerId);
  const wasClosed = account.blocks.find(({ kind }) => kind === 'closed');
  const foreign = delivery.message.limit?.amount;
  const taken =
    foreign && foreign.currency !== delivery.message.currency
      ? refused(`limit.amount.currency must be the account's ${delivery.message.currency}, not ${foreign.currency}`)
      : takeMasterRecord(account, recordOf(delivery, work.chunk.at));
  switch (taken.outcome) {
    case 'ignored':
      return outcomeOf(delivery, 409, { code: 'version-conflict', detail: 'A newer record of this customer is known' });
    case 'refused':
      work.outgoing.push(deadLetter(delivery, taken.violation));
      return outcomeOf(delivery, 422, { code: 'validation-failed', detail: taken.violation });
    case 'taken':
      work.changeMaster(account);
      identities.set(account.customerId, linksOf(identityOf(delivery.message)));
      tellChanges(work, account, delivery, taken, wasClosed);
      if (taken.currencyBefore !== account.currency) {
        // Rates to another currency are none; the exposure is nothing, or the record would have been refused.
        for (const order of work.ordersOf(account.customerId)) order.rate = null;
        if (account.recentOrders !== null) account.recentOrders = '';
        work.changeAccount(account);
        settleAccount(work, books.get(account.customerId), account, delivery);
      }
      // It may be in another credit group now.
      work.pools.settle(account, delivery);
      return outcomeOf(delivery, 200, accountData(account));
  }
}

const refused = (violation: string): RecordTaken => ({ outcome: 'refused', violation });

type Taken = Extract<RecordTaken, { outcome: 'taken' }>;

function tellChanges(
  work: AccountWork,
  account: CreditAccount,
  delivery: Delivery,
  taken: Taken,
  wasClosed: CreditAccount['blocks'][number] | undefined,
): void {
  const changedBy = `source:${delivery.source}`.slice(0, 200);
  if (taken.limitBefore) {
    const { limitBefore: before, currencyBefore } = taken;
    work.outgoing.push(
      limitChanged(work, account, delivery, { before, currencyBefore, reason: 'customer record', changedBy }),
    );
  }
  if (account.riskClass !== null && account.riskClass !== taken.riskClassBefore) {
    work.outgoing.push(riskClassChanged(work, account, delivery, { before: taken.riskClassBefore, changedBy }));
  }
  if (wasClosed)
    work.outgoing.push(unblocked(work, account, delivery, wasClosed.blockId, changedBy, 'the customer record is back'));
}

/** The master record is gone: the account stays with its history, and nothing more is sold on credit. */
function close(work: AccountWork, delivery: Delivery, identities: Map<string, string[]>): void {
  const account = work.account(delivery.customerId);
  identities.set(account.customerId, []);
  if (account.currency === null || account.blocks.some(({ kind }) => kind === 'closed')) return;
  const block = {
    blockId: 'closed',
    kind: 'closed' as const,
    reason: 'the customer record was deleted',
    blockedBy: 'policy',
  };
  account.blocks = [...account.blocks, block];
  work.changeMaster(account);
  work.outgoing.push(blocked(work, account, delivery, block));
}

function identityOf({ taxId, address, bankAccount, email, contacts = [], creditGroupId }: Customer): Identity {
  const emails = [email, ...contacts.map((contact) => contact.email)].filter((one) => one !== undefined);
  return {
    taxId: taxId ?? null,
    address: address ?? null,
    bankAccount: bankAccount ?? null,
    emails,
    creditGroupId: creditGroupId ?? null,
  };
}

function recordOf({ message, time, source }: Delivery<Customer>, receivedAt: Date): MasterRecord {
  return {
    currency: message.currency,
    limit: message.limit ? limitOf(message.limit) : null,
    limitValidUntil: message.limitValidUntil ?? null,
    riskClass: message.riskClass ?? null,
    screening: message.screening ?? 'passed',
    segment: message.segment ?? null,
    salesRepId: message.salesRepId ?? null,
    creditGroupId: message.creditGroupId ?? null,
    paymentTermsDays: message.paymentTermsDays ?? null,
    updatedAt: new Date(message.updatedAt ?? time ?? receivedAt),
    source,
  };
}

function limitOf({ kind, amount }: NonNullable<Customer['limit']>): CreditLimit {
  return kind === 'amount' ? { kind, minor: parseMoney(amount!).minor } : { kind };
}

/** Somebody waits for the outcome only when the record came in over our own HTTP. */
function outcomeOf(cause: Cause, status: number, body: object): CommandOutcome[] {
  if (cause.source !== commandSource) return [];
  return [{ commandId: cause.id, customerId: cause.customerId, status, body }];
}
