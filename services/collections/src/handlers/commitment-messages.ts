import type {
  PaymentPlanAgreedV1,
  PaymentPlanBrokenV1,
  PromiseToPayBrokenV1,
  PromiseToPayKeptV1,
  PromiseToPayRecordedV1,
} from '@ordergate/contracts';
import type { Cause, OutgoingMessage } from '@ordergate/messaging';
import { formatMoney } from '@ordergate/money';
import { promisedTotal, receivedFor, type Instalment } from '../domain/promise/commitment.ts';
import type { KeptCommitment } from '../store/commitment.store.ts';

const moneyOf = ({ currency }: KeptCommitment, minor: bigint) => formatMoney({ minor, currency });

function message(type: string, commitment: KeptCommitment, data: object, causedBy: Cause): OutgoingMessage {
  const { customerId: key, id: about } = commitment;
  return { topic: 'collections', key, type, data, causedBy, about };
}

/** A promise was recorded, or a plan agreed. */
export function commitmentMade(commitment: KeptCommitment, causedBy: Cause): OutgoingMessage {
  const { kind, id, customerId, instalments, madeBy, madeAt } = commitment;
  const total = moneyOf(commitment, promisedTotal(commitment));
  if (kind === 'promise') {
    const data: PromiseToPayRecordedV1 = {
      ...{ promiseId: id, customerId, amount: total, payOn: instalments[0]!.payOn },
      ...{ recordedBy: madeBy, recordedAt: madeAt.toISOString() },
    };
    return message('PromiseToPayRecorded.v1', commitment, data, causedBy);
  }
  const data: PaymentPlanAgreedV1 = {
    ...{ planId: id, customerId, total, agreedBy: madeBy, agreedAt: madeAt.toISOString() },
    instalments: instalments.map(({ payOn, amount }) => ({ dueOn: payOn, amount: moneyOf(commitment, amount) })),
  };
  return message('PaymentPlanAgreed.v1', commitment, data, causedBy);
}

/** All of a promise came in. There is no message for a plan: the standing says that nothing is promised any more. */
export function commitmentKept(commitment: KeptCommitment, businessDay: string, causedBy: Cause): OutgoingMessage[] {
  const { kind, id, customerId, instalments } = commitment;
  if (kind === 'plan') return [];
  const amount = moneyOf(commitment, promisedTotal(commitment));
  const data: PromiseToPayKeptV1 = { promiseId: id, customerId, amount, payOn: instalments[0]!.payOn, businessDay };
  return [message('PromiseToPayKept.v1', commitment, data, causedBy)];
}

/** The day of an instalment has passed, and some of it is missing. */
export function commitmentBroken(
  commitment: KeptCommitment,
  { payOn, amount: missing }: Instalment,
  businessDay: string,
  causedBy: Cause,
): OutgoingMessage {
  const { kind, id, customerId } = commitment;
  if (kind === 'promise') {
    const data: PromiseToPayBrokenV1 = {
      ...{ promiseId: id, customerId, payOn, businessDay },
      amount: moneyOf(commitment, promisedTotal(commitment)),
      received: moneyOf(commitment, receivedFor(commitment)),
    };
    return message('PromiseToPayBroken.v1', commitment, data, causedBy);
  }
  const data: PaymentPlanBrokenV1 = {
    ...{ planId: id, customerId, dueOn: payOn, businessDay },
    missing: moneyOf(commitment, missing),
  };
  return message('PaymentPlanBroken.v1', commitment, data, causedBy);
}
