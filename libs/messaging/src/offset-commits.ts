import type { Logger } from '@ordergate/observability';

type Commit = () => Promise<void>;

const everyMs = 25;
// The brokers are away, or the group is busy with itself.
const againMs = 500;

/**
 * Tells the group how far its member has come: not after every chunk, which at a thousand messages a second is a request
 * for every few of them, but at most forty times a second, for all partitions at once. What a crash leaves untold comes
 * again, and the inbox knows it.
 */
export class OffsetCommits {
  private readonly logger: Logger;
  private due: Commit | undefined;
  private timer: NodeJS.Timeout | undefined;
  private toldAt = -everyMs;
  private closed = false;

  constructor(logger: Logger) {
    this.logger = logger;
  }

  /** `commit` tells all that is handled when it is called, not only what was when it was given. */
  commitSoon(commit: Commit, waitMs = this.toldAt + everyMs - performance.now()): void {
    if (this.closed) return;
    this.due = commit;
    this.timer ??= setTimeout(() => void this.commitNow(), Math.max(0, waitMs));
  }

  /** Tells what is due; what cannot be told now is tried again. A lost membership is for the heartbeat to find. */
  async commitNow(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.toldAt = performance.now();
    const commit = this.due;
    this.due = undefined;
    try {
      await commit?.();
    } catch (error) {
      this.logger.debug(`Offsets are told later: ${(error as Error).message}`);
      this.commitSoon(this.due ?? commit!, againMs);
    }
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
  }
}
