interface Activating {
  writtenBy: string;
  activatedBy: string;
  checks: readonly { kind: 'scenarios' | 'backtest'; passed: boolean }[];
  /** It was in force before: to roll back to it is one call. */
  wasActive: boolean;
  effectiveOn: string;
  businessDay: string;
}

export type ActivationVerdict =
  { outcome: 'may' } | { outcome: 'refused'; code: 'same-person' | 'not-ready' | 'validation-failed'; why: string };

const needed = ['scenarios', 'backtest'] as const;

/** A policy comes into force when its scenarios pass, it was tried on history, and a second person agrees. */
export function mayActivate(activating: Activating): ActivationVerdict {
  const { writtenBy, activatedBy, checks, wasActive, effectiveOn, businessDay } = activating;
  if (effectiveOn < businessDay)
    return refused('validation-failed', `effectiveOn must be ${businessDay} or later, not ${effectiveOn}`);
  if (wasActive) return { outcome: 'may' };
  if (writtenBy === activatedBy)
    return refused('same-person', `Who wrote a policy does not activate it; somebody other than ${writtenBy} has to`);
  const missing = needed.filter((kind) => !checks.some((check) => check.kind === kind && check.passed));
  if (missing.length > 0)
    return refused('not-ready', `It was not shown that this version passes: ${missing.join(', ')}`);
  return { outcome: 'may' };
}

function refused(code: Exclude<ActivationVerdict, { outcome: 'may' }>['code'], why: string): ActivationVerdict {
  return { outcome: 'refused', code, why };
}
