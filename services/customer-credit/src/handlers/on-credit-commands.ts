import { Injectable } from '@nestjs/common';
import type { BatchHandler, Chunk, Delivery, Outgoing } from '@ordergate/messaging';
// Declares the commands, beside their types.
import '../commands/credit-commands.ts';
import { dueOrdersTypes } from '../commands/due-orders.ts';
import type * as command from '../commands/credit-commands.ts';
import '../commands/hold-commands.ts';
import type * as holds from '../commands/hold-commands.ts';
import type { CreditAccount } from '../domain/account/credit-account.ts';
import { allowedOn, isRaised, raisedBy } from '../domain/account/limit-raised.ts';
import { Policies } from '../policies.ts';
import { saveOutcomes } from '../store/command-outcome.store.ts';
import { accountData, blocked, unblocked } from './account-messages.ts';
import { AccountWork } from './account-work.ts';
import { no, type Answer } from './answer.ts';
import { DueOrders } from './due-orders.ts';
import { setLimit, setSegmentLimit, setTemporaryLimit } from './obey-limits.ts';
import { assignHold, commentHold, declineHold, publishHold } from './obey-holds.ts';
import { forceHold, liftForcedHold, returnCollateral, takeCollateral } from './obey-terms.ts';
import { Reevaluation } from './reevaluate-holds.ts';
import { answerReleaseRequest, releaseHold } from './release-hold.ts';
import { retireHolds } from './retire-holds.ts';
import { Settling } from './settle-account.ts';
import { tellGroupMembers } from './tell-group-members.ts';

/** What they leave as it is: the account, and so what else is held. */
const aboutOneHold: readonly string[] = [
  'ReleaseHold.v1',
  'AnswerReleaseRequest.v1',
  'DeclineHold.v1',
  'AssignHold.v1',
  'CommentHold.v1',
  'PublishHold.v1',
];
/** Nor do these: a hold has reserved nothing. */
const endHolds: readonly string[] = ['ExpireHolds.v1', 'RetireHolds.v1'];
const changesAccount = ({ type }: Delivery): boolean => !aboutOneHold.includes(type) && !endHolds.includes(type);

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
    ...dueOrdersTypes,
    ...aboutOneHold,
    'RetireHolds.v1',
  ];
  private readonly policies: Policies;

  constructor(policies: Policies) {
    this.policies = policies;
  }

  async handle(deliveries: Delivery<command.CreditCommand>[], chunk: Chunk): Promise<Outgoing[]> {
    const customerIds = [...new Set(deliveries.map(({ customerId }) => customerId))];
    const named = deliveries.filter(({ type }) => aboutOneHold.includes(type)) as Delivery<holds.HoldCommand>[];
    const orders = [...named.map(({ message }) => message), ...DueOrders.keysOf(deliveries)];
    const work = await AccountWork.load(chunk, this.policies, customerIds, orders);
    await work.holds.loadNamed(chunk.sql, orders);
    const dueOrders = await DueOrders.load(chunk.sql, deliveries);
    const settling = await Settling.of(work, deliveries.filter(isReevaluation));
    const reevaluation = await Reevaluation.of(work, deliveries.filter(changesAccount));
    const outcomes = deliveries.flatMap((delivery) => {
      const account = work.account(delivery.customerId);
      const allowed = allowedOn(account, work.businessDay);
      const answer = dueOrders.obey(work, delivery) ? null : obey(work, settling, delivery);
      if (isRaised(allowed, allowedOn(account, work.businessDay))) noteWhoRaised(work, account, delivery);
      if (account.currency !== null && changesAccount(delivery)) reevaluation.ask(work, account, delivery);
      return answer ? [{ commandId: delivery.id, customerId: delivery.customerId, ...answer }] : [];
    });
    await retireHolds(
      work,
      deliveries.filter(({ type }) => type === 'RetireHolds.v1'),
    );
    await settling.save(chunk.sql);
    await saveOutcomes(chunk.sql, chunk.at, outcomes);
    await dueOrders.save(chunk.sql, work.businessDay);
    await tellGroupMembers(work);
    return work.save();
  }
}

const isReevaluation = ({ type }: Delivery): boolean => type === 'ReevaluationRequested.v1';

/** Such a person does not release the account's orders today. */
function noteWhoRaised(work: AccountWork, account: CreditAccount, { message }: Delivery<command.CreditCommand>): void {
  if (!('requestedBy' in message)) return;
  account.terms = {
    ...account.terms,
    limitRaised: raisedBy(account.terms.limitRaised, work.businessDay, message.requestedBy),
  };
}

function obey(work: AccountWork, settling: Settling, delivery: Delivery<command.CreditCommand>): Answer | null {
  const account = work.account(delivery.customerId);
  if (!changesAccount(delivery)) return obeyAboutHold(work, delivery as Delivery<never>);
  if (account.currency === null) {
    return isReevaluation(delivery)
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
      settling.settle(work, account, delivery);
      return null;
  }
}

function obeyAboutHold(work: AccountWork, delivery: Delivery<never>): Answer | null {
  switch (delivery.type) {
    case 'ReleaseHold.v1':
      return releaseHold(work, delivery);
    case 'AnswerReleaseRequest.v1':
      return answerReleaseRequest(work, delivery);
    case 'DeclineHold.v1':
      return declineHold(work, delivery);
    case 'AssignHold.v1':
      return assignHold(work, delivery);
    case 'CommentHold.v1':
      return commentHold(work, delivery);
    case 'PublishHold.v1':
      publishHold(work, delivery);
      return null;
    default:
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
