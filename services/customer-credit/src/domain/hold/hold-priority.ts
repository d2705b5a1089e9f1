import { daysBetween, minorOf } from '@ordergate/money';

/** What makes one hold more urgent than another. Amounts in minor units of the account's currency. */
export interface PriorityFacts {
  accountCurrency: string | null;
  amount: bigint | null;
  excess: bigint | null;
  /** null: not an amount. */
  limit: bigint | null;
  riskClass: string | null;
  requestedDeliveryOn: string | null;
  openedOn: string;
  businessDay: string;
}

/** A part of the score, in points, with what earned them. */
export interface PriorityPart {
  part: 'amount' | 'margin' | 'risk-class' | 'delivery' | 'age';
  points: number;
  because: string;
}

const amountSteps = [
  { from: '500000', points: 30 },
  { from: '100000', points: 25 },
  { from: '50000', points: 20 },
  { from: '20000', points: 15 },
  { from: '5000', points: 10 },
  { from: '1000', points: 5 },
];
const marginSteps = [
  { percent: 5n, points: 25 },
  { percent: 10n, points: 20 },
  { percent: 25n, points: 10 },
  { percent: 50n, points: 5 },
];
const deliverySteps = [
  { days: 0, points: 20 },
  { days: 2, points: 15 },
  { days: 7, points: 10 },
  { days: 14, points: 5 },
];
const classPoints: Readonly<Record<string, number>> = { A: 15, B: 12, C: 8, D: 4, E: 0 };
const agePointsMax = 10;

/**
 * How urgent a hold is, 0 to 100, part by part: much money, little missing, a good customer, goods that are wanted soon,
 * and a day's wait for each point. What is soon answered and worth it comes first.
 */
export function holdPriority(facts: PriorityFacts): PriorityPart[] {
  return [amountPart(facts), marginPart(facts), classPart(facts), deliveryPart(facts), agePart(facts)];
}

export function scoreOf(parts: readonly PriorityPart[]): number {
  return parts.reduce((sum, { points }) => sum + points, 0);
}

function amountPart({ amount, accountCurrency }: PriorityFacts): PriorityPart {
  if (amount === null || accountCurrency === null)
    return { part: 'amount', points: 0, because: 'what the order is worth is not known' };
  const step = amountSteps.find(({ from }) => amount >= minorOf(from, accountCurrency));
  const because = step ? `${step.from} ${accountCurrency} or more` : `less than 1000 ${accountCurrency}`;
  return { part: 'amount', points: step?.points ?? 0, because };
}

function marginPart({ excess, limit }: PriorityFacts): PriorityPart {
  if (excess === null) return { part: 'margin', points: 15, because: 'no limit is exceeded' };
  const step = limit === null ? undefined : marginSteps.find(({ percent }) => excess * 100n <= limit * percent);
  return step
    ? { part: 'margin', points: step.points, because: `at most ${step.percent} % beyond the limit` }
    : { part: 'margin', points: 0, because: 'more than half of the limit beyond it' };
}

function classPart({ riskClass }: PriorityFacts): PriorityPart {
  if (riskClass === null) return { part: 'risk-class', points: 8, because: 'no risk class is set' };
  return { part: 'risk-class', points: classPoints[riskClass] ?? 0, because: `risk class ${riskClass}` };
}

function deliveryPart({ requestedDeliveryOn, businessDay }: PriorityFacts): PriorityPart {
  if (requestedDeliveryOn === null) return { part: 'delivery', points: 5, because: 'no delivery day is named' };
  const days = daysBetween(businessDay, requestedDeliveryOn);
  const points = deliverySteps.find((step) => days <= step.days)?.points ?? 0;
  return { part: 'delivery', points, because: `delivery is wanted on ${requestedDeliveryOn}` };
}

function agePart({ openedOn, businessDay }: PriorityFacts): PriorityPart {
  const days = daysBetween(openedOn, businessDay);
  return { part: 'age', points: Math.min(agePointsMax, days), because: `held since ${openedOn}` };
}
