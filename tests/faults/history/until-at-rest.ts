import { setTimeout as pause } from 'node:timers/promises';
import { RunningSystem } from '../../../tools/replay/running-system.ts';
import { serviceNames, type ServiceName } from '../../../tools/demo/services.ts';
import { rowsOf } from './rows-of.ts';

const askEveryMs = 250;

/**
 * Waits until every group has read its topics to their ends, every lane has published, and no mail is on its way; what
 * does not come to rest in time is for the checks, each in its own words.
 * @throws NotHandledError when a group does not get on
 */
export async function untilAtRest(
  brokers: string[],
  prefix: string,
  urls: Record<ServiceName, string>,
  restMsMax: number,
): Promise<void> {
  const running = await RunningSystem.open({ brokers, prefix }, () => undefined);
  try {
    await running.settle();
    const giveUpAtMs = Date.now() + restMsMax;
    for (let unrest = await whatMoves(urls); unrest.length > 0; unrest = await whatMoves(urls)) {
      if (Date.now() > giveUpAtMs) return;
      await pause(askEveryMs);
    }
    await running.settle();
  } finally {
    await running.close();
  }
}

async function whatMoves(urls: Record<ServiceName, string>): Promise<string[]> {
  const waiting = await Promise.all(
    serviceNames.map((name) =>
      rowsOf(urls[name], 'select 1 from lane_partition where position <> published_position limit 1'),
    ),
  );
  const untold = await rowsOf(urls.notification, `select 1 from notification where told_at is null limit 1`);
  return [...serviceNames.filter((_, at) => waiting[at]!.length > 0), ...(untold.length > 0 ? ['mails'] : [])];
}
