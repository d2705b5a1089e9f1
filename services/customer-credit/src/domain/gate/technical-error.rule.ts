import type { Reason } from './reason.ts';

const explanationMax = 400;

/** The gate could not decide, so it fails closed. Stands alone; decided again when the cause is gone. */
export function technicalError(explanation: string): Reason {
  return { code: 'technical-error', message: explanation.slice(0, explanationMax) };
}
