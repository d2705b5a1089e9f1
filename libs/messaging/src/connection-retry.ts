import { failureKind, isStatementTimeout, type LaneConnection } from '@ordergate/database';
import type { Logger } from '@ordergate/observability';

const backoffMs = [20, 50, 100, 200, 400, 800, 1_000];
const timeoutsMax = 3;

interface Patience {
  /** Is somebody still waiting for it? Asked after each failure. */
  isWanted: () => boolean;
  /** The work can be made smaller: after three statement time-outs their error is thrown. */
  mayBeTooMuch?: boolean;
}

/** An outage is waited for in place: the same work is done again, with a new connection, until it works. */
export class ConnectionRetry {
  private readonly connection: LaneConnection;
  private readonly logger: Logger;

  constructor(connection: LaneConnection, logger: Logger) {
    this.connection = connection;
    this.logger = logger;
  }

  /** Rethrows what is not an outage; gives up with the outage's error when nobody wants it any more. */
  async untilDone(work: () => Promise<void>, { isWanted, mayBeTooMuch = false }: Patience): Promise<void> {
    let timeouts = 0;
    for (let attempt = 0; ; attempt += 1) {
      try {
        await this.connection.connect();
        return await work();
      } catch (error) {
        if (failureKind(error) !== 'outage' || !isWanted()) throw error;
        if (isStatementTimeout(error) && (timeouts += 1) >= timeoutsMax && mayBeTooMuch) throw error;
        if (attempt % 10 === 0)
          this.logger.warn(`The database is away or in the way, trying again: ${(error as Error).message}`);
        const waitMs = backoffMs[Math.min(attempt, backoffMs.length - 1)];
        await new Promise((resolve) => setTimeout(resolve, waitMs));
      }
    }
  }
}
