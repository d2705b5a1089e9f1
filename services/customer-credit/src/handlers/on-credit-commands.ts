import { Injectable } from '@nestjs/common';
import { parseMoney } from '@ordergate/money';
import type { BatchHandler, Chunk, Delivery, Outgoing } from '@ordergate/messaging';
import { loadBooks, saveBooks, type Book } from '@ordergate/receivables';
// Declares the commands, beside their types.
import '../commands/credit-commands.ts';
import type { BlockAccountV1, CreditCommand, LiftBlockV1, SetCreditLimitV1 } from '../commands/credit-commands.ts';
import { limitKey } from '../domain/account/take-master-record.ts';
import { Policies } from '../policies.ts';
import { saveOutcomes } from '../store/command-outcome.store.ts';
import { loadWaitingOrders } from '../store/customer-order.store.ts';
import { accountData, blocked, limitChanged, unblocked } from './account-messages.ts';
import { AccountWork } from './account-work.ts';
import { settleAccount } from './settle-account.ts';

interface Answer {
  status: number;
  body: object;
}

/** What people and calendars want done to accounts: in the account's own lane, so there is no second writing path. */
@Injectable()
export class OnCreditCommands implements BatchHandler {
  readonly types: readonly string[] = [
    'SetCreditLimit.v1',
    'BlockAccount.v1',
    'LiftBlock.v1',
    'ReevaluationRequested.v1',
  ];
  private readonly policies: Policies;

  constructor(policies: Policies) {
    this.policies = policies;
  }

  async handle(deliveries: Delivery<CreditCommand>[], chunk: Chunk): Promise<Outgoing[]> {
    const customerIds = [...new Set(deliveries.map(({ customerId }) => customerId))];
    const work = await AccountWork.load(chunk, this.policies, customerIds);
    const settled = [
      ...new Set(
        deliveries.filter(({ type }) => type === 'ReevaluationRequested.v1').map(({ customerId }) => customerId),
      ),
    ];
    work.take(await loadWaitingOrders(chunk.sql, settled));
    await work.withAllRates(settled.length > 0);
    const books = await loadBooks(chunk.sql, settled);
    const outcomes = deliveries.flatMap((delivery) => {
      const answer = obey(work, books, delivery);
      return answer ? [{ commandId: delivery.id, customerId: delivery.customerId, ...answer }] : [];
    });
    await saveBooks(chunk.sql, books);
    await saveOutcomes(chunk.sql, chunk.at, outcomes);
    return work.save();
  }
}

function obey(work: AccountWork, books: ReadonlyMap<string, Book>, delivery: Delivery<CreditCommand>): Answer | null {
  const account = work.account(delivery.customerId);
  if (account.currency === null) {
    return delivery.type === 'ReevaluationRequested.v1'
      ? null
      : no(404, 'not-found', `No credit account exists for ${delivery.customerId}`);
  }
  switch (delivery.type) {
    case 'SetCreditLimit.v1':
      return setLimit(work, delivery as Delivery<SetCreditLimitV1>);
    case 'BlockAccount.v1':
      return block(work, delivery as Delivery<BlockAccountV1>);
    case 'LiftBlock.v1':
      return liftBlock(work, delivery as Delivery<LiftBlockV1>);
    default:
      settleAccount(work, books.get(delivery.customerId), account, delivery);
      return null;
  }
}

/** A limit below the exposure is recorded and touches nothing that is approved already. */
function setLimit(work: AccountWork, delivery: Delivery<SetCreditLimitV1>): Answer {
  const account = work.account(delivery.customerId);
  const { limit, validUntil, reason, requestedBy } = delivery.message;
  if (limit.amount && limit.amount.currency !== account.currency) {
    return no(
      422,
      'validation-failed',
      `limit.amount.currency must be the account's ${account.currency}, not ${limit.amount.currency}`,
    );
  }
  const before = account.limit;
  account.limit =
    limit.kind === 'amount' ? { kind: 'amount', minor: parseMoney(limit.amount!).minor } : { kind: limit.kind };
  const validUntilBefore = account.limitValidUntil;
  account.limitValidUntil = validUntil ?? null;
  if (limitKey(before) !== limitKey(account.limit) || validUntilBefore !== account.limitValidUntil) {
    work.changeMaster(account);
    work.outgoing.push(limitChanged(work, account, delivery, { before, reason, changedBy: `user:${requestedBy}` }));
  }
  return { status: 200, body: accountData(account) };
}

function block(work: AccountWork, delivery: Delivery<BlockAccountV1>): Answer {
  const account = work.account(delivery.customerId);
  const { blockId, kind, reason, requestedBy } = delivery.message;
  const added = { blockId, kind, reason, blockedBy: `user:${requestedBy}` };
  account.blocks = [...account.blocks, added];
  work.changeMaster(account);
  work.outgoing.push(blocked(work, account, delivery, added));
  return { status: 201, body: added };
}

function liftBlock(work: AccountWork, delivery: Delivery<LiftBlockV1>): Answer {
  const account = work.account(delivery.customerId);
  const { blockId, requestedBy } = delivery.message;
  const lifted = account.blocks.find((known) => known.blockId === blockId);
  if (!lifted) return no(404, 'not-found', `The account of ${account.customerId} has no block ${blockId}`);
  if (lifted.kind === 'closed') {
    const detail = `Block ${blockId} stands while the customer record of ${account.customerId} is deleted; it goes when the record comes back`;
    return no(409, 'not-releasable', detail);
  }
  account.blocks = account.blocks.filter((known) => known.blockId !== blockId);
  work.changeMaster(account);
  work.outgoing.push(unblocked(work, account, delivery, blockId, `user:${requestedBy}`));
  return { status: 200, body: accountData(account) };
}

function no(status: number, code: string, detail: string): Answer {
  return { status, body: { code, detail } };
}
