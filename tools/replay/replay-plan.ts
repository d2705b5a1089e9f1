import type { ReplayBar } from '../demo/screen.ts';
import { latestBusinessDay } from './latest-business-day.ts';
import type { ReplayPlan } from './read-plan.ts';
import type { SystemAddress } from './running-system.ts';
import { walk, type WalkResult } from './walk.ts';

/**
 * Replays a plan and shows how far it is.
 * @throws Error when the system's calendar is past the file's first day: a business day never goes back
 */
export async function replay(
  plan: ReplayPlan,
  address: SystemAddress,
  bar: ReplayBar,
  signal?: AbortSignal,
): Promise<WalkResult> {
  const firstDay = plan.days[0]?.day ?? '';
  const reached = await latestBusinessDay(address);
  if (reached !== null && reached >= firstDay) {
    bar.stop();
    throw new Error(
      `The file begins on ${firstDay}, but this Ordergate is on ${reached} already, and its calendar never goes back. ` +
        'Replay it into a fresh one: other databases and another ORDERGATE_TOPIC_PREFIX.',
    );
  }
  try {
    return await walk({
      address,
      days: plan.days,
      source: `/ordergate/replay/${plan.name}`,
      onDay: (day, daysDone, messages) => bar.update(day, daysDone, messages),
      ...(signal && { signal }),
    });
  } finally {
    bar.stop();
  }
}
