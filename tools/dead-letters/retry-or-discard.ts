import type pg from 'pg';
import { setTimeout as pause } from 'node:timers/promises';
import {
  readEnded,
  readQueues,
  readStillParked,
  wantDiscard,
  wantRetry,
  type Ended,
  type ParkedMessage,
  type Queue,
} from './parked-table.ts';
import type { Request } from './request.ts';

export type Wish = Extract<Request, { verb: 'retry' | 'discard' }>;

/** What came of a wish. */
export interface Answer {
  /** How many messages it was about; 0 when nothing such is parked. */
  count: number;
  ended: Ended[];
  /** Those that are parked still; `wanted` is set on those that no lane has looked at. */
  left: ParkedMessage[];
  /** What of the customer is parked after that. */
  queues: Queue[];
}

const lookEveryMs = 100;
/** A lane looks about once a second; when nothing at all moves for so long, none is there. */
export const patienceMs = 15_000;

/** Notes the wish with who and why, and waits until the service's lane has done what it could. */
export async function retryOrDiscard(client: pg.Client, wish: Wish, waitMs = patienceMs): Promise<Answer> {
  const ids =
    wish.verb === 'retry'
      ? await wantRetry(client, wish.which, wish.who, wish.why)
      : await wantDiscard(client, wish.id, wish.who, wish.why);
  const left = await untilDecided(client, ids, waitMs);
  const ended = await readEnded(client, ids);
  const [about] = [...ended, ...left];

  return { count: ids.length, ended, left, queues: about ? await readQueues(client, about.customer) : [] };
}

async function untilDecided(client: pg.Client, ids: readonly string[], waitMs: number): Promise<ParkedMessage[]> {
  let open = ids.length;
  let giveUpAt = Date.now() + waitMs;
  for (;;) {
    const left = await readStillParked(client, ids);
    // A lane that tries in vain takes the wish back.
    if (left.every(({ wanted }) => wanted === null) || Date.now() > giveUpAt) return left;
    if (left.length < open) [open, giveUpAt] = [left.length, Date.now() + waitMs];
    await pause(lookEveryMs);
  }
}
