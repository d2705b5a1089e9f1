/** How many orders are due `elapsedMs` after the start: the first at once, the others evenly. */
export function dueBy(elapsedMs: number, perSecond: number, total: number): number {
  return Math.min(total, Math.floor((elapsedMs * perSecond) / 1000) + 1);
}

/** The instant at which an order (0, 1, 2 …) is due, in ms after the start. */
export const dueAtMs = (order: number, perSecond: number): number => (order * 1000) / perSecond;
