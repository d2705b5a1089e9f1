interface Waiting {
  day: string;
  reached: PromiseWithResolvers<void>;
}

/**
 * The one calendar on which all stories lie. It moves on when nobody has anything left to do on its day, to the next day
 * that somebody waits for.
 */
export class Calendar {
  private current: string;
  private readonly start: (day: string) => Promise<void>;
  private busy = 0;
  private readonly waiting: Waiting[] = [];

  /** @param start makes a day the system's; called once a day, in order, the first one by `open` */
  constructor(first: string, start: (day: string) => Promise<void>) {
    this.current = first;
    this.start = start;
  }

  get today(): string {
    return this.current;
  }

  open(): Promise<void> {
    return this.start(this.current);
  }

  /** Does some work side by side, each with a calendar hand of its own; the caller has to be one of those who work, or none yet. */
  async sideBySide(works: readonly (() => Promise<void>)[], isCallerBusy = true): Promise<void> {
    this.busy += works.length - (isCallerBusy ? 1 : 0);
    let left = works.length;
    await Promise.all(
      works.map(async (work) => {
        try {
          await work();
        } finally {
          left -= 1;
          // The last one hands its place back to the caller, so that the day stays.
          if (left > 0 || !isCallerBusy) this.rest();
        }
      }),
    );
    if (works.length === 0 && isCallerBusy) this.busy += 1;
  }

  /** Resolves on that day, or at once when it has come already. */
  async reach(day: string): Promise<void> {
    if (day <= this.current) return;
    const reached = Promise.withResolvers<void>();
    this.waiting.push({ day, reached });
    this.rest();
    await reached.promise;
  }

  private rest(): void {
    this.busy -= 1;
    if (this.busy === 0 && this.waiting.length > 0) void this.move();
  }

  private async move(): Promise<void> {
    const day = this.waiting.map(({ day: wanted }) => wanted).sort()[0]!;
    const due = this.waiting.filter((one) => one.day === day);
    const later = this.waiting.filter((one) => one.day !== day);
    this.waiting.splice(0, this.waiting.length, ...later);
    this.busy += due.length;
    try {
      this.current = day;
      await this.start(day);
      for (const { reached } of due) reached.resolve();
    } catch (error) {
      for (const { reached } of due) reached.reject(error);
    }
  }
}
