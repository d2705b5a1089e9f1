import type { Reason } from '../gate/reason.ts';

const limitCodes = ['credit-limit-exceeded', 'segment-limit-exceeded', 'group-limit-exceeded'];

/**
 * By how much the order goes beyond the limit that it exceeds most, in minor units of the account's currency; null when it
 * exceeds none in that currency. A group's limit in another currency is another matter.
 */
export function limitExcessOf(reasons: readonly Reason[], accountCurrency: string | null): bigint | null {
  let most: bigint | null = null;
  for (const { code, measured, threshold, unit } of reasons) {
    if (unit !== accountCurrency || accountCurrency === null || !limitCodes.includes(code)) continue;
    const excess = minorIn(measured!) - minorIn(threshold!);
    if (most === null || excess > most) most = excess;
  }
  return most;
}

/** Of a reason's text, which has all digits of its currency; sums may have more than an amount on the wire. */
const minorIn = (text: string): bigint => BigInt(text.replace('.', ''));
