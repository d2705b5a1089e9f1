import { setTimeout as pause } from 'node:timers/promises';

/**
 * Repeats the assertion until it holds: for what happens "soon", instead of a sleep.
 * @returns what the assertion returned
 * @throws the assertion's last error when the time is over, with the time that was waited
 */
export async function eventually<T>(
  assertion: () => T | Promise<T>,
  { timeoutMs = 20_000, everyMs = 50 }: { timeoutMs?: number; everyMs?: number } = {},
): Promise<T> {
  const startedMs = Date.now();
  for (;;) {
    try {
      return await assertion();
    } catch (error) {
      const waitedMs = Date.now() - startedMs;
      if (waitedMs + everyMs > timeoutMs) throw afterWaiting(error, waitedMs);
    }
    await pause(everyMs);
  }
}

function afterWaiting(error: unknown, waitedMs: number): unknown {
  if (error instanceof Error) error.message = `still so after ${waitedMs} ms: ${error.message}`;

  return error;
}
