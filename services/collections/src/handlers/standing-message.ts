import type { CustomerStandingChangedV1, PaidAmountV1 } from '@ordergate/contracts';
import type { Cause, OutgoingMessage } from '@ordergate/messaging';
import { formatMoney } from '@ordergate/money';
import { windowDays, type PaidAmount } from '../domain/standing/payment-record.ts';
import type { Standing } from '../domain/standing/standing.ts';

interface ToldStanding {
  customerId: string;
  businessDay: string;
  standing: Standing;
  /** The payment record as far as it has changed. */
  paid: readonly PaidAmount[];
}

// What the contract takes in one message.
const paidMax = 2_000;
const promisedMax = 500;

/** One message, or several for a customer whose payment record has changed in more places than one may name. */
export function standingChanged({ paid, ...told }: ToldStanding, causedBy: Cause): OutgoingMessage[] {
  const messages: OutgoingMessage[] = [];
  for (let from = 0; from === 0 || from < paid.length; from += paidMax) {
    const part = paid.slice(from, from + paidMax).map(paidData);
    const data: CustomerStandingChangedV1 = { ...standingData(told), ...(part.length > 0 && { paid: part }) };
    messages.push({ topic: 'collections', key: told.customerId, type: 'CustomerStandingChanged.v1', data, causedBy });
  }
  return messages;
}

/** A standing as the message and the HTTP answer say it. */
export function standingData({ customerId, businessDay, standing }: Omit<ToldStanding, 'paid'>) {
  const { currency, oldestOverdueDays, dunningLevel, score } = standing;
  const inCurrency = (minor: bigint) => formatMoney({ minor, currency });
  return {
    customerId,
    businessDay,
    overdue: inCurrency(standing.overdue),
    oldestOverdueDays,
    disputed: inCurrency(standing.disputed),
    dunningLevel,
    weightedDaysLate: hundredths(standing.weightedDaysLate),
    ...(score !== null && { score }),
    windowDays,
    ageing: standing.ageing.map(({ bucket, amount }) => ({ bucket, amount: inCurrency(amount) })),
    ...(standing.promised.length > 0 && {
      promised: standing.promised
        .slice(0, promisedMax)
        .map(({ payOn, amount }) => ({ payOn, amount: inCurrency(amount) })),
    }),
  };
}

const hundredths = (value: bigint): string => `${value / 100n}.${String(value % 100n).padStart(2, '0')}`;

const paidData = ({ paidOn, daysLate, amount, currency }: PaidAmount): PaidAmountV1 => ({
  paidOn,
  daysLate,
  amount: formatMoney({ minor: amount, currency }),
});
