import { failureKind, type LaneConnection } from '@ordergate/database';
import type { Logger } from '@ordergate/observability';

const backoffMs = [20, 50, 100, 200, 400, 800, 1_000];

/** An outage is waited for in place: the same work is done again, with a new connection, until it works. */
export class ConnectionRetry {
  private readonly connection: LaneConnection;
  private readonly logger: Logger;

  constructor(connection: LaneConnection, logger: Logger) {
    this.connection = connection;
    this.logger = logger;
  }

  /** Rethrows what is not an outage; gives up with the outage's error when `isWanted` says so. */
  async untilDone(isWanted: () => boolean, work: () => Promise<void>): Promise<void> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        await this.connection.connect();
        return await work();
      } catch (error) {
        if (failureKind(error) !== 'outage' || !isWanted()) throw error;
        const waitMs = backoffMs[Math.min(attempt, backoffMs.length - 1)]!;
        if (attempt % 10 === 0)
          this.logger.warn(`The database is away or in the way, trying again: ${(error as Error).message}`);
        await new Promise((resolve) => setTimeout(resolve, waitMs));
      }
    }
  }
}
