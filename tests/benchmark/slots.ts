import { isOurs, type Arm } from './arms/arm.ts';
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
  /** At which latency is measured; none: only how many decisions there are, flat out. */
  rates: readonly number[];
  /** The usual way does not keep up with more than about a thousand a second: what waits then says nothing about it. */
  usualPerSecondMax: number;
  /** How much of its log Postgres writes meanwhile. */
  walMegabytes: number;
}

export const longForm: Form = {
  ...{ rounds: 3, warmUpSeconds: 15, rampSeconds: 2, flatOutSeconds: 10, rateSeconds: 10 },
  ...{ rates: [1_000, 5_000], usualPerSecondMax: 1_000, walMegabytes: 10_240 },
};
export const quickForm: Form = {
  ...{ rounds: 2, warmUpSeconds: 5, rampSeconds: 1, flatOutSeconds: 4, rateSeconds: 4 },
  ...{ rates: [1_000, 5_000], usualPerSecondMax: 0, walMegabytes: 3_072 },
};

/**
 * The order of events: each arm warmed up, then rounds in which the arms take turns, every second one backwards, so that a
 * machine that becomes slower or faster meanwhile favours nobody.
 */
export function slotsOf(form: Form, arms: readonly Arm['name'][]): Slot[] {
  const warmUps = arms.map((arm) => slot(arm, 'warm-up', null, 0, form.warmUpSeconds));
  const flatOut = (arm: Arm['name'], kind: Slot['kind']): Slot =>
    slot(arm, kind, null, form.rampSeconds, form.flatOutSeconds);
  const round = [
    ...arms.map((arm) => flatOut(arm, 'flat out')),
    ...arms.filter((arm) => arm === 'ours').map((arm) => flatOut(arm, 'hot customer')),
    ...form.rates.flatMap((perSecond) =>
      arms
        // What policy and pools cost shows flat out.
        .filter((arm) => arm === 'ours' || !isOurs(arm))
        .filter((arm) => arm !== 'usual' || perSecond <= form.usualPerSecondMax)
        .map((arm) => slot(arm, 'at a rate', perSecond, form.rampSeconds, form.rateSeconds)),
    ),
  ];
  const rounds = Array.from({ length: form.rounds }, (_, at) => (at % 2 === 0 ? round : round.toReversed()));

  return [...warmUps, ...rounds.flat()];
}

function slot(
  arm: Arm['name'],
  kind: Slot['kind'],
  perSecond: number | null,
  rampSeconds: number,
  seconds: number,
): Slot {
  const plan = { perSecond, rampSeconds, seconds, isHot: kind === 'hot customer', undecidedMax: undecidedMax[arm] };
  return { arm, kind, plan };
}

/** Enough for every partition to have work waiting; more would only make the usual way's leftovers take long. */
const undecidedMax: Record<Arm['name'], number> = {
  ...{ ours: 20_000, 'full-policy': 20_000, pool: 20_000 },
  ...{ ceiling: 20_000, usual: 2_400 },
};

export const secondsOf = (slots: readonly Slot[]): number =>
  slots.reduce((sum, { plan }) => sum + plan.rampSeconds + plan.seconds, 0);
