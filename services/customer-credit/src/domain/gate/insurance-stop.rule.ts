import { dateReason } from './reason.ts';
import type { Rule } from './rule.ts';

/** Who delivers after the insurer's stop-delivery date loses the cover. The day itself holds. */
export const insuranceStopRule: Rule = ({ account, businessDay }) => {
  const stopOn = account.insuranceStopOn;
  if (stopOn === null || businessDay < stopOn) return null;

  return dateReason(
    'insurance-stop',
    businessDay,
    stopOn,
    `The credit insurer wants deliveries stopped from ${stopOn}`,
  );
};
