import { projectRoot } from '@ordergate/local-infra';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRunning, type ProcessIdentity } from '../../infra/local/src/process/process-identity.ts';

/** What `npm start` leaves for the commands that use the running demo, and for the next start after a crash. */
export interface DemoState {
  launcher: ProcessIdentity;
  brokers: string[];
  prefix: string;
  services: { name: string; url: string; process: ProcessIdentity }[];
}

/** Data, logs and keys of what runs on this machine; `ORDERGATE_HOME` puts them elsewhere. */
export const home = process.env['ORDERGATE_HOME'] ?? join(projectRoot, '.ordergate');
const file = join(home, 'demo.json');

/** The state as last written, also of a demo that has ended without tidying up; null when there is none. */
export function readDemoState(): DemoState | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as DemoState;
  } catch {
    return null;
  }
}

export function writeDemoState(state: DemoState): void {
  writeFileSync(`${file}.part`, JSON.stringify(state, null, 2));
  renameSync(`${file}.part`, file);
}

export const removeDemoState = (): void => rmSync(file, { force: true });

/**
 * Where the topics are: `KAFKA_BROKERS` and `ORDERGATE_TOPIC_PREFIX`, else those of the demo that runs.
 * @throws Error when there is neither
 */
export function systemAddress(env: NodeJS.ProcessEnv = process.env): { brokers: string[]; prefix: string } {
  const named = env['KAFKA_BROKERS'];
  if (named) {
    const brokers = named.split(',').map((broker) => broker.trim());
    return { brokers, prefix: env['ORDERGATE_TOPIC_PREFIX'] ?? 'ordergate.' };
  }
  const demo = readDemoState();
  if (!demo || !isRunning(demo.launcher)) {
    throw new Error('Nothing is running here: start the demo with npm start, or name your Kafka in KAFKA_BROKERS.');
  }
  return { brokers: demo.brokers, prefix: demo.prefix };
}
