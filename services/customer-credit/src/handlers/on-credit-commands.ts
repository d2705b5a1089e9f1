import { Injectable } from '@nestjs/common';
import type { BatchHandler, Chunk, Delivery, Outgoing } from '@ordergate/messaging';
import { loadBooks, saveBooks, type Book } from '@ordergate/receivables';
// Declares the commands, beside their types.
import '../commands/credit-commands.ts';
import '../commands/due-orders.ts';
import type * as command from '../commands/credit-commands.ts';
import { Policies } from '../policies.ts';
import { saveOutcomes } from '../store/command-outcome.store.ts';
import { loadWaitingOrders } from '../store/customer-order.store.ts';
import { accountData, blocked, unblocked } from './account-messages.ts';
import { AccountWork } from './account-work.ts';
import { no, type Answer } from './answer.ts';
import { DueOrders } from './due-orders.ts';
import { setLimit, setSegmentLimit, setTemporaryLimit } from './obey-limits.ts';
import { forceHold, liftForcedHold, returnCollateral, takeCollateral } from './obey-terms.ts';
import { settleAccount } from './settle-account.ts';

/** What people and calendars want done to accounts: in the account's own lane, so there is no second writing path. */
@Injectable()
export class OnCreditCommands implements BatchHandler {
  readonly types: readonly string[] = [
    'SetCreditLimit.v1',
    'SetTemporaryLimit.v1',
    'SetSegmentLimit.v1',
    'TakeCollateral.v1',
    'ReturnCollateral.v1',
    'ForceHold.v1',
    'LiftForcedHold.v1',
    'BlockAccount.v1',
    'LiftBlock.v1',
    'ReevaluationRequested.v1',
    'ExpireApprovals.v1',
    'CheckUninvoicedGoods.v1',
  ];
  private readonly policies: Policies;

  constructor(policies: Policies) {
    this.policies = policies;
  }

  async handle(deliveries: Delivery<command.CreditCommand>[], chunk: Chunk): Promise<Outgoing[]> {
    const customerIds = [...new Set(deliveries.map(({ customerId }) => customerId))];
    const work = await AccountWork.load(chunk, this.policies, customerIds, DueOrders.keysOf(deliveries));
    const dueOrders = await DueOrders.load(chunk.sql, deliveries);
    const settled = [
      ...new Set(
        deliveries.filter(({ type }) => type === 'ReevaluationRequested.v1').map(({ customerId }) => customerId),
      ),
    ];
    const waiting = await loadWaitingOrders(chunk.sql, settled);
    work.take(waiting);
    await work.holds.load(chunk.sql, waiting);
    await work.withAllRates(settled.length > 0);
    const books = await loadBooks(chunk.sql, settled);
    const outcomes = deliveries.flatMap((delivery) => {
      if (dueOrders.obey(work, delivery)) return [];
      const answer = obey(work, books, delivery);
      return answer ? [{ commandId: delivery.id, customerId: delivery.customerId, ...answer }] : [];
    });
    await saveBooks(chunk.sql, books);
    await saveOutcomes(chunk.sql, chunk.at, outcomes);
    await dueOrders.save(chunk.sql, work.businessDay);
    return work.save();
  }
}

function obey(
  work: AccountWork,
  books: ReadonlyMap<string, Book>,
  delivery: Delivery<command.CreditCommand>,
): Answer | null {
  const account = work.account(delivery.customerId);
  if (account.currency === null) {
    return delivery.type === 'ReevaluationRequested.v1'
      ? null
      : no(404, 'not-found', `No credit account exists for ${delivery.customerId}`);
  }
  switch (delivery.type) {
    case 'SetCreditLimit.v1':
      return setLimit(work, delivery as Delivery<command.SetCreditLimitV1>);
    case 'SetTemporaryLimit.v1':
      return setTemporaryLimit(work, delivery as Delivery<command.SetTemporaryLimitV1>);
    case 'SetSegmentLimit.v1':
      return setSegmentLimit(work, delivery as Delivery<command.SetSegmentLimitV1>);
    case 'TakeCollateral.v1':
      return takeCollateral(work, delivery as Delivery<command.TakeCollateralV1>);
    case 'ReturnCollateral.v1':
      return returnCollateral(work, delivery as Delivery<command.ReturnCollateralV1>);
    case 'ForceHold.v1':
      return forceHold(work, delivery as Delivery<command.ForceHoldV1>);
    case 'LiftForcedHold.v1':
      return liftForcedHold(work, delivery as Delivery<command.LiftForcedHoldV1>);
    case 'BlockAccount.v1':
      return block(work, delivery as Delivery<command.BlockAccountV1>);
    case 'LiftBlock.v1':
      return liftBlock(work, delivery as Delivery<command.LiftBlockV1>);
    default:
      settleAccount(work, books.get(delivery.customerId), account, delivery);
      return null;
  }
}

function block(work: AccountWork, delivery: Delivery<command.BlockAccountV1>): Answer {
  const account = work.account(delivery.customerId);
  const { blockId, kind, reason, requestedBy } = delivery.message;
  const added = { blockId, kind, reason, blockedBy: `user:${requestedBy}` };
  account.blocks = [...account.blocks, added];
  work.changeMaster(account);
  work.outgoing.push(blocked(work, account, delivery, added));
  return { status: 201, body: added };
}

function liftBlock(work: AccountWork, delivery: Delivery<command.LiftBlockV1>): Answer {
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
