import { Presets, SingleBar } from 'cli-progress';

const isTerminal = process.stdout.isTTY === true;

/** Says what begins, does it, says how long it took. On a terminal the line is written over. */
export async function step<T>(name: string, work: (say: (detail: string) => void) => Promise<T>): Promise<T> {
  const startedAtMs = performance.now();
  const say = (detail: string): void => {
    if (isTerminal) process.stdout.write(`\r\x1b[K  … ${name}: ${detail}`);
    else console.log(`    ${detail}`);
  };
  if (isTerminal) process.stdout.write(`  … ${name}`);
  try {
    const result = await work(say);
    const seconds = ((performance.now() - startedAtMs) / 1000).toFixed(1);
    console.log(`${isTerminal ? '\r\x1b[K' : ''}  ✓ ${name} (${seconds} s)`);
    return result;
  } catch (error) {
    console.log(`${isTerminal ? '\r\x1b[K' : ''}  ✗ ${name}`);
    throw error;
  }
}

export interface ReplayBar {
  update(day: string, daysDone: number, messages: number): void;
  stop(): void;
}

/** A bar on a terminal, a line for every tenth elsewhere. */
export function replayBar(total: number): ReplayBar {
  if (!isTerminal) return lines(total);

  const format = '  {bar} {percentage} %  {day}  {messages} messages  about {eta_formatted} left';
  const bar = new SingleBar({ format, hideCursor: true, clearOnComplete: true, etaBuffer: 50 }, Presets.shades_grey);
  bar.start(total, 0, { day: '', messages: 0 });

  return { update: (day, daysDone, messages) => bar.update(daysDone, { day, messages }), stop: () => bar.stop() };
}

function lines(total: number): ReplayBar {
  let tenths = 0;

  return {
    update: (day, daysDone, messages) => {
      const reached = Math.floor((daysDone / total) * 10);
      if (reached > tenths) console.log(`    ${reached * 10} %  ${day}  ${messages} messages`);
      tenths = Math.max(tenths, reached);
    },
    stop: () => {},
  };
}
