import type { Database } from '@ordergate/database';
import { ProblemException } from '@ordergate/http';
import { readBusinessDay, type Chunk } from '@ordergate/messaging';

/** What the gate needs to say what it would decide now: nothing comes, and nothing is written. @throws ProblemException 503 before the first business day */
export async function chunkToRead(database: Database): Promise<Chunk> {
  const businessDay = await readBusinessDay(database);
  if (businessDay === null) throw new ProblemException(503, 'not-ready', 'No business day has started yet');
  return { sql: database, businessDay, at: new Date(), about: [], expectsRepeats: true, beforeCommit: () => undefined };
}
