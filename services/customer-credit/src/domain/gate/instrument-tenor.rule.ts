import { daysBetween } from '@ordergate/money';
import { daysReason, type Reason } from './reason.ts';
import type { Rule } from './rule.ts';

const code = 'instrument-tenor';

/** A cheque or note that falls due too long after the order. Exactly the allowed days still pass; one without a due day fails closed. */
export const instrumentTenorRule: Rule = ({ order, parameters }): Reason | null => {
  const { instrumentTenor } = parameters;
  const { paymentMethod, placedOn, instrumentDueOn } = order;
  if (!instrumentTenor) return null;
  const { maxDays } = instrumentTenor;
  if (instrumentDueOn === null) {
    if (paymentMethod !== 'instrument') return null;
    const message = 'The order is paid by an instrument and does not say when it falls due';
    return { code, message, measured: 'unknown', threshold: String(maxDays), unit: 'days' };
  }
  const days = daysBetween(placedOn, instrumentDueOn);
  if (days <= maxDays) return null;

  return daysReason(
    code,
    days,
    maxDays,
    `The instrument falls due on ${instrumentDueOn}, ${days} days after the order`,
  );
};
