/** One connection, one transaction at a time: who wants it waits for its turn, first come, first served. */
export class Turns {
  private last: Promise<unknown> = Promise.resolve();

  /** Runs the work when everything before it has ended; returns or throws what the work does. */
  take<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.last.then(work);
    this.last = mine.catch(() => undefined);
    return mine;
  }
}
