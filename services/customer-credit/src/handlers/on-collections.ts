import { Injectable } from '@nestjs/common';
import type { CustomerStandingChangedV1 } from '@ordergate/contracts';
import { parseMoney } from '@ordergate/money';
import type { BatchHandler, Chunk, Delivery, Outgoing } from '@ordergate/messaging';
import type { KeptStanding } from '../domain/account/kept-standing.ts';
import { Policies } from '../policies.ts';
import { savePaidParts, saveStandings, type PaidPart } from '../store/standing.store.ts';
import { AccountWork } from './account-work.ts';
import { reevaluationOf } from './reevaluate-holds.ts';

/** How customers pay: dunning level, score, promises, and what they paid how late. The gate asks the account for it. */
@Injectable()
export class OnCollections implements BatchHandler {
  readonly types: readonly string[] = ['CustomerStandingChanged.v1'];
  private readonly policies: Policies;

  constructor(policies: Policies) {
    this.policies = policies;
  }

  async handle(deliveries: Delivery<CustomerStandingChangedV1>[], chunk: Chunk): Promise<Outgoing[]> {
    const last = new Map(deliveries.map((delivery) => [delivery.customerId, delivery]));
    const work = await AccountWork.load(chunk, this.policies, [...last.keys()]);
    const paid = paidParts(deliveries);
    const mostDaysLate = await savePaidParts(chunk.sql, paid);
    const paidToldBy = new Map(
      deliveries.flatMap(({ customerId, id, message }) => (message.paid?.length ? [[customerId, id] as const] : [])),
    );
    const changed = [...last.values()].flatMap((delivery) => {
      const account = work.account(delivery.customerId);
      const before = account.standing;
      const { customerId } = account;
      const toldBy = paidToldBy.get(customerId);
      const record = toldBy ? { mostDaysLate: mostDaysLate.get(customerId) ?? 0, paidToldBy: toldBy } : before;
      account.standing = standingOf(delivery.message, record);
      if (isSame(before, account.standing)) return [];
      if (account.openHolds > 0)
        work.outgoing.push(reevaluationOf(customerId, 'the customer’s standing has changed', delivery));
      return [account];
    });
    await saveStandings(chunk.sql, changed);
    return work.save();
  }
}

/** Of several messages in a chunk the last word on each part of the record. */
function paidParts(deliveries: readonly Delivery<CustomerStandingChangedV1>[]): PaidPart[] {
  const parts = new Map<string, PaidPart>();
  for (const { customerId, message } of deliveries) {
    for (const { paidOn, daysLate, amount } of message.paid ?? []) {
      const { minor, currency } = parseMoney(amount);
      parts.set([customerId, currency, paidOn, daysLate].join(' '), {
        ...{ customerId, currency, paidOn, daysLate, amount: minor },
      });
    }
  }
  return [...parts.values()];
}

type OfRecord = Pick<KeptStanding, 'mostDaysLate' | 'paidToldBy'>;

function standingOf(message: CustomerStandingChangedV1, { mostDaysLate, paidToldBy }: OfRecord): KeptStanding {
  const { dunningLevel, weightedDaysLate, score = null, overdue, promised = [] } = message;
  return {
    dunningLevel,
    daysLate: hundredths(weightedDaysLate),
    score,
    currency: overdue.currency,
    ...{ mostDaysLate, paidToldBy },
    promised: promised.map(({ payOn, amount }) => ({ payOn, amount: parseMoney(amount).minor })),
  };
}

/** "4.33" is 433; what is finer is cut off. */
function hundredths(decimal: string): bigint {
  const [whole = '0', fraction = ''] = decimal.split('.');
  return BigInt(whole + fraction.slice(0, 2).padEnd(2, '0'));
}

function isSame(left: KeptStanding, right: KeptStanding): boolean {
  const text = ({ promised, ...figures }: KeptStanding): string =>
    [
      ...[figures.dunningLevel, figures.daysLate, figures.score, figures.currency],
      ...[figures.mostDaysLate, figures.paidToldBy],
      ...promised.map(({ payOn, amount }) => `${payOn} ${amount}`),
    ].join(' ');
  return text(left) === text(right);
}
