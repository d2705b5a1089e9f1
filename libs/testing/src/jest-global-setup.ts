import { startTestInfra } from './start-test-infra.ts';
import type { StoppableInfra } from './start-test-infra.ts';
import { announceTestInfra } from './test-infra.ts';

declare global {
  var ordergateTestInfra: StoppableInfra | undefined;
}

/** Once for a run, before its first spec with a real broker. A Ctrl-C skips jest's teardown, hence the signals. */
export default async function setup(): Promise<void> {
  const infra = await startTestInfra();
  globalThis.ordergateTestInfra = infra;
  announceTestInfra(infra);
  for (const [signal, exitCode] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    process.once(signal, () => void infra.stop().finally(() => process.exit(exitCode)));
  }
}
