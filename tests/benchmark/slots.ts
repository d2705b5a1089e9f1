import type { Arm } from './arms/arm.ts';
import type { LoadPlan } from './load/load-run.ts';

/** One run of the load against one arm. */
export interface Slot {
  arm: Arm['name'];
  /** What the slot measures; slots of a kind and an arm are repeated in every round. */
  kind: 'warm-up' | 'flat out' | 'hot customer' | 'at a rate';
  plan: LoadPlan;
}

export interface Form {
  rounds: number;
  warmUpSeconds: number;
  rampSeconds: number;
  flatOutSeconds: number;
  rateSeconds: number;
  rates: readonly number[];
}

export const longForm: Form = {
  ...{ rounds: 3, warmUpSeconds: 15, rampSeconds: 3, flatOutSeconds: 15, rateSeconds: 15 },
  rates: [1_000, 5_000],
};
export const quickForm: Form = {
  ...{ rounds: 2, warmUpSeconds: 4, rampSeconds: 1, flatOutSeconds: 5, rateSeconds: 5 },
  rates: [1_000, 5_000],
};

/**
 * The order of events: each arm warmed up, then rounds in which the arms take turns, every second one backwards, so that a
 * machine that becomes slower or faster meanwhile favours nobody.
 */
export function slotsOf(form: Form, arms: readonly Arm['name'][]): Slot[] {
  const warmUps = arms.map((arm): Slot => {
    const plan = { perSecond: null, rampSeconds: 0, seconds: form.warmUpSeconds, isHot: false };
    return { arm, kind: 'warm-up', plan };
  });
  const round = [
    ...arms.map((arm) => flatOut(form, arm, false)),
    ...arms.filter((arm) => arm === 'ours').map((arm) => flatOut(form, arm, true)),
    ...form.rates.flatMap((perSecond) =>
      arms.filter((arm) => isUpTo(arm, perSecond)).map((arm) => atRate(form, arm, perSecond)),
    ),
  ];
  const rounds = Array.from({ length: form.rounds }, (_, at) => (at % 2 === 0 ? round : round.toReversed()));

  return [...warmUps, ...rounds.flat()];
}

function flatOut({ rampSeconds, flatOutSeconds: seconds }: Form, arm: Arm['name'], isHot: boolean): Slot {
  return { arm, kind: isHot ? 'hot customer' : 'flat out', plan: { perSecond: null, rampSeconds, seconds, isHot } };
}

function atRate({ rampSeconds, rateSeconds: seconds }: Form, arm: Arm['name'], perSecond: number): Slot {
  return { arm, kind: 'at a rate', plan: { perSecond, rampSeconds, seconds, isHot: false } };
}

/** The usual way does not keep up with more than about a thousand a second: what waits then says nothing about it. */
const isUpTo = (arm: Arm['name'], perSecond: number): boolean => arm !== 'usual' || perSecond <= 1_000;

export const secondsOf = (slots: readonly Slot[]): number =>
  slots.reduce((sum, { plan }) => sum + plan.rampSeconds + plan.seconds, 0);
