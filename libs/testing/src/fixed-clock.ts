/** A clock that stands still until it is told to go on. Instants are milliseconds since 1970, as of `Date.now`. */
export interface FixedClock {
  now(): number;
  date(): Date;
  advanceBy(milliseconds: number): void;
  setTo(instant: string | number | Date): void;
}

/** @param start RFC 3339 text, milliseconds or a Date */
export function fixedClock(start: string | number | Date = '2026-11-21T10:00:00Z'): FixedClock {
  let nowMs = instantOf(start);

  return {
    now: () => nowMs,
    date: () => new Date(nowMs),
    advanceBy: (milliseconds) => {
      nowMs += milliseconds;
    },
    setTo: (instant) => {
      nowMs = instantOf(instant);
    },
  };
}

function instantOf(instant: string | number | Date): number {
  const milliseconds = new Date(instant).getTime();
  if (Number.isNaN(milliseconds)) throw new RangeError(`"${String(instant)}" is no instant`);

  return milliseconds;
}
