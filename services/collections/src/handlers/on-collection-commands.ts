import { Injectable } from '@nestjs/common';
import type { BatchHandler, Chunk, Delivery, Outgoing } from '@ordergate/messaging';
import { parseMoney } from '@ordergate/money';
import { compareText } from '@ordergate/receivables';
// Declares the commands, beside their types.
import '../commands/collection-commands.ts';
import type {
  AgreePaymentPlanV1,
  CollectionCommand,
  DunningRequestedV1,
  RecordPromiseV1,
} from '../commands/collection-commands.ts';
import type { KeptCommitment } from '../store/commitment.store.ts';
import { loadWhoIsDunned } from '../store/customer.store.ts';
import { loadDunningPolicy } from '../store/dunning-policy.store.ts';
import { saveRunOutcomes } from '../store/dunning-run.store.ts';
import { dun, type RunOutcome } from './dun.ts';
import { StandingWork } from './standing-work.ts';

/** What calendars and collectors want done about customers: in the customer's own lane, so there is one writer. */
@Injectable()
export class OnCollectionCommands implements BatchHandler {
  readonly types: readonly string[] = [
    'StandingReviewRequested.v1',
    'DunningRequested.v1',
    'RecordPromise.v1',
    'AgreePaymentPlan.v1',
  ];

  async handle(deliveries: Delivery<CollectionCommand>[], chunk: Chunk): Promise<Outgoing[]> {
    const made = new Map(
      deliveries.flatMap((delivery) => commitmentOf(delivery, chunk.at) ?? []).map((it) => [it.id, it]),
    );
    const work = await StandingWork.load(chunk, deliveries, { commitmentIds: [...made.keys()] });
    const dunned = deliveries.filter(isDunning).map(({ customerId }) => customerId);
    const [policy, who] =
      dunned.length === 0
        ? [null, null]
        : await Promise.all([loadDunningPolicy(chunk.sql), loadWhoIsDunned(chunk.sql, dunned)]);
    const outcomes: RunOutcome[] = [];
    for (const delivery of deliveries) {
      const commitment = commitmentOf(delivery, chunk.at);
      if (commitment) work.commit(commitment, delivery);
      else if (isDunning(delivery)) outcomes.push(dun(work, delivery, policy!, who!.get(delivery.customerId)!));
    }
    await saveRunOutcomes(chunk.sql, outcomes);
    return work.save();
  }
}

const isDunning = (delivery: Delivery<CollectionCommand>): delivery is Delivery<DunningRequestedV1> =>
  delivery.type === 'DunningRequested.v1';

/** The promise or plan that a command makes; undefined for other commands. */
function commitmentOf({ type, message, time }: Delivery<CollectionCommand>, at: Date): KeptCommitment | undefined {
  if (type === 'RecordPromise.v1') {
    const { customerId, promiseId: id, amount, payOn, requestedBy } = message as RecordPromiseV1;
    const { minor, currency } = parseMoney(amount);
    const instalments = [{ payOn, amount: minor }];
    return { ...{ customerId, kind: 'promise', id, currency, instalments }, ...madeBy(requestedBy, time, at) };
  }
  if (type === 'AgreePaymentPlan.v1') {
    const { customerId, planId: id, requestedBy, ...plan } = message as AgreePaymentPlanV1;
    const instalments = plan.instalments.map(({ dueOn, amount }) => ({
      payOn: dueOn,
      amount: parseMoney(amount).minor,
    }));
    instalments.sort((left, right) => compareText(left.payOn, right.payOn));
    const { currency } = plan.instalments[0]!.amount;
    return { ...{ customerId, kind: 'plan', id, currency, instalments }, ...madeBy(requestedBy, time, at) };
  }
  return undefined;
}

const madeBy = (userId: string, time: string | undefined, at: Date) => ({
  ...{ receipts: [], state: 'open' as const, madeBy: `user:${userId}`, madeAt: new Date(time ?? at) },
});
