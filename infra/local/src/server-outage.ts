import { readInfraState } from './infra-state.ts';
import { startKafka } from './kafka/kafka-broker.ts';
import { startPostgres } from './postgres/postgres-server.ts';
import { endProcess } from './process/background-process.ts';

export type ServerName = 'kafka' | 'postgres';

/**
 * Ends a server that this process' launcher looks after as a power cut would: for tests of what an outage does.
 * @throws Error when it does not run
 */
export async function killServer(dataDir: string, name: ServerName): Promise<void> {
  const identity = readInfraState(dataDir)[name]?.process;
  if (!identity) throw new Error(`no ${name} runs in ${dataDir}`);
  await endProcess(identity, [{ signal: 'SIGKILL', waitMs: 10_000 }]);
}

/**
 * Starts it again on its port and its data; returns when it answers.
 * @throws Error when somebody has taken the port meanwhile
 */
export async function startServerAgain(dataDir: string, name: ServerName): Promise<void> {
  const port = readInfraState(dataDir)[name]?.port;
  await (name === 'kafka' ? startKafka : startPostgres)(dataDir, () => {});
  if (readInfraState(dataDir)[name]?.port !== port) throw new Error(`port ${port} of ${name} is taken`);
}
