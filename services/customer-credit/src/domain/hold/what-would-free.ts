import type { CreditLimit } from '../account/credit-account.ts';
import { amountText, type Reason } from '../gate/reason.ts';

/** What would take one reason away. Amounts in minor units of the reason's currency. */
export interface Remedy {
  code: string;
  subject?: string;
  /** Who or what brings it. */
  by: 'payment' | 'limit' | 'finance' | 'order' | 'customer' | 'time' | 'sender';
  what: string;
}

/** A payment that would free the order by itself, in minor units. */
export interface FreeingPayment {
  minor: bigint;
  currency: string;
}

const minorIn = (text: string): bigint => BigInt(text.replace('.', ''));
const missing = ({ measured, threshold }: Reason): bigint => minorIn(measured!) - minorIn(threshold!);

/** What would free the order, reason by reason: how much is missing, or what has to happen. */
export function whatWouldFree(reasons: readonly Reason[], limit: CreditLimit): Remedy[] {
  return reasons.map((reason) => {
    const { code, subject } = reason;
    const remedy = (remedies[code] ?? ownRule)(reason, limit);
    return { code, ...(subject !== undefined && { subject }), ...remedy };
  });
}

/**
 * The payment that frees the order, if a payment can: it has to cover what is beyond the limit and what is overdue beyond
 * what is allowed; paid to the oldest items one payment does both.
 */
export function freeingPayment(reasons: readonly Reason[], limit: CreditLimit): FreeingPayment | null {
  const isPayable = ({ code }: Reason): boolean =>
    code === 'overdue-items' || (code === 'credit-limit-exceeded' && limit.kind === 'amount');
  if (reasons.length === 0 || !reasons.every(isPayable)) return null;
  const amounts = reasons.map(missing);
  return { minor: amounts.reduce((most, one) => (one > most ? one : most)), currency: reasons[0]!.unit! };
}

type Brings = (reason: Reason, limit: CreditLimit) => Pick<Remedy, 'by' | 'what'>;
const brings =
  (by: Remedy['by'], what: string): Brings =>
  () => ({ by, what });

const ownRule: Brings = ({ message }) => ({
  by: 'finance',
  what: `A release by a person, or an order to which this does not apply: ${message}`,
});

const remedies: Readonly<Record<string, Brings>> = {
  'unknown-customer': brings('customer', 'The registration of the customer'),
  'account-blocked': brings('finance', 'The lifting of the block'),
  'screening-incomplete': brings('finance', 'A screening that is passed'),
  'credit-limit-exceeded': (reason, limit) => {
    const { measured, unit } = reason;
    if (limit.kind === 'none')
      return { by: 'limit', what: `A credit limit of ${measured} ${unit} or more; none is granted` };
    return {
      by: 'payment',
      what: `A payment of ${amountText(missing(reason), unit!)} or more, or a limit of ${measured} ${unit} or more`,
    };
  },
  'segment-limit-exceeded': (reason) => ({
    by: 'payment',
    what: `A payment of ${amountText(missing(reason), reason.unit!)} or more on what is open in segment ${reason.subject}, or a limit of ${reason.measured} ${reason.unit} or more there`,
  }),
  'group-limit-exceeded': (reason) => ({
    by: 'payment',
    what: `A payment of ${amountText(missing(reason), reason.unit!)} or more by any customer of group ${reason.subject}, or a limit of ${reason.measured} ${reason.unit} or more for it`,
  }),
  'limit-expired': brings('limit', 'A limit that is valid on the business day'),
  'review-overdue': brings('finance', 'A review of the account, with a new review day'),
  'collateral-shortfall': ({ measured, threshold }) => ({
    by: 'finance',
    what: `Collateral that covers ${threshold} % of the exposure; it covers ${measured} %`,
  }),
  'overdue-items': (reason) => ({
    by: 'payment',
    what: `A payment of ${amountText(missing(reason), reason.unit!)} or more of what is overdue, a promise of it, or a dispute`,
  }),
  'oldest-open-item': ({ threshold }) => ({
    by: 'payment',
    what: `The payment of every undisputed item that is more than ${threshold} days overdue`,
  }),
  'dunning-level': brings('payment', 'The payment of everything that is overdue: the level falls with it'),
  'order-value': ({ threshold, unit }) => ({
    by: 'finance',
    what: `A release by a person, or an order of at most ${threshold} ${unit}`,
  }),
  'payment-terms': ({ threshold }) => ({ by: 'order', what: `An order on terms of at most ${threshold} days` }),
  'discount-authority': ({ threshold }) => ({ by: 'order', what: `An order with discounts of at most ${threshold} %` }),
  'payment-behaviour': brings('time', 'A better payment record, or a release by a person'),
  'risk-class': brings('order', 'Prepayment, or a better risk class'),
  'demand-spike': brings('finance', 'A release by a person, or a smaller order'),
  'order-splitting': brings('finance', 'A release by a person'),
  'instrument-tenor': brings('order', 'An order that is paid by an instrument that falls due sooner'),
  'insurance-stop': brings('finance', 'The insurer’s agreement: a later stop day'),
  'forced-hold': brings('finance', 'Who placed the hold lifts it, or a person releases the order'),
  'currency-rate-missing': brings('finance', 'The exchange rate of the day'),
  'technical-error': brings('sender', 'The order, sent again as its contract asks'),
};
