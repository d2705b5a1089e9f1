/** No decision without a business day: what came waits in place until the first one has started. */
export class NoBusinessDay extends Error {
  /** Read by the lane: the same chunk is tried again. */
  readonly isOutage = true;

  constructor() {
    super('No business day has started yet; orders wait for the first BusinessDayStarted');
  }
}
