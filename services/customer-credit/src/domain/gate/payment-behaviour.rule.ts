import { hundredthsText, type Reason } from './reason.ts';
import type { Rule } from './rule.ts';

/** The customer pays too late on average, or its score is too low. Exactly the days and exactly the score still pass. */
export const paymentBehaviourRule: Rule = ({ account, order, parameters }) => {
  const { paymentBehaviour } = parameters;
  if (!paymentBehaviour || order.prepaid) return null;

  const { daysLateMax, scoreMin, windowDays } = paymentBehaviour;
  const { daysLate, score } = account.standing;
  const found: Omit<Reason, 'code'>[] = [];
  if (daysLateMax !== undefined && daysLate > daysLateMax) {
    const [measured, threshold] = [hundredthsText(daysLate), hundredthsText(daysLateMax)];
    const message = `Payments of the last ${windowDays} days were ${measured} days late on average; ${threshold} are allowed`;
    found.push({ message, measured, threshold, unit: 'days' });
  }
  if (scoreMin !== undefined && score !== null && score < scoreMin) {
    const message = `The payment score is ${score}; at least ${scoreMin} is wanted`;
    found.push({ message, measured: String(score), threshold: String(scoreMin), unit: 'points' });
  }
  const [first] = found;
  return first
    ? { ...first, code: 'payment-behaviour', message: found.map(({ message }) => message).join('. ') }
    : null;
};
