import { Presets, SingleBar } from 'cli-progress';

/** How far a back-test is, for who waits. */
export interface Progress {
  /** @param total of these, by which it counts */
  start(total: number, what: string): void;
  /** One more, with what it is. */
  advance(detail: string): void;
  /** So many by now. */
  reach(done: number): void;
  stop(): void;
}

export const noProgress: Progress = {
  start: () => undefined,
  advance: () => undefined,
  reach: () => undefined,
  stop: () => undefined,
};

/** A bar on a terminal's standard error; elsewhere nothing, since it takes seconds. */
export function progressBar(): Progress {
  if (!process.stderr.isTTY) return noProgress;
  const format = '  {bar} {percentage} %  {value} of {total} {what}  {detail}';
  const bar = new SingleBar(
    { format, hideCursor: true, clearOnComplete: true, stream: process.stderr },
    Presets.shades_grey,
  );
  return {
    start: (total, what) => bar.start(total, 0, { what, detail: '' }),
    advance: (detail) => bar.increment({ detail }),
    reach: (done) => bar.update(done),
    stop: () => bar.stop(),
  };
}
