export type DecisionOutcome = 'approved' | 'held' | 'released' | 'declined' | 'expired';

/** What the gate said last about an order. */
export interface Decision {
  readonly outcome: DecisionOutcome;
  /** The order version that it is about; 0 when the gate could not read one. */
  readonly version: number;
  readonly seq: number;
  /** Reasons, approval and who decided, as JSON; null: unchanged since it was stored. */
  readonly document: string | null;
  /** Set when the approval has run out. */
  readonly expiredOn: string | null;
}

export interface Expiry {
  readonly seq: number;
  readonly expiredOn: string;
}

/** Of several decisions about an order the highest seq of the highest version counts (SEMANTICS.md 13). */
export function effectiveDecision(current: Decision | null, next: Decision): Decision {
  if (current === null) return next;
  if (next.version !== current.version) return next.version > current.version ? next : current;
  return next.seq > current.seq ? next : current;
}

/** An approval that runs out is no longer one. What was decided since stands. */
export function expire(current: Decision | null, { seq, expiredOn }: Expiry): Decision | null {
  const isApproval = current?.outcome === 'approved' || current?.outcome === 'released';
  return isApproval && seq > current.seq ? { ...current, outcome: 'expired', seq, expiredOn } : current;
}
