import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brokerAddress, readInfraState, rememberInState } from '../infra-state.ts';
import { endProcess, startInBackground, waitUntilHealthy } from '../process/background-process.ts';
import { portOf } from '../process/free-port.ts';
import { isRunning } from '../process/process-identity.ts';
import type { ProcessIdentity } from '../process/process-identity.ts';
import { findJava } from './java.ts';
import { withKafkaAdmin } from './kafka-client.ts';
import { kafkaJars } from './kafka-jars.ts';
import { log4jConfiguration, serverProperties } from './kafka-settings.ts';

export interface LocalServer {
  identity: ProcessIdentity;
  isTakenOver: boolean;
}

/** Starts the broker of this data directory, or takes over the one that a crashed run left, if that one is well. */
export async function startKafka(dataDir: string, onProgress: (line: string) => void): Promise<LocalServer> {
  const before = readInfraState(dataDir).kafka;
  if (before?.process && isRunning(before.process)) {
    if (await isAnswering(brokerAddress(before.port))) {
      onProgress(`Kafka: taken over on ${brokerAddress(before.port)}`);
      return { identity: before.process, isTakenOver: true };
    }
    onProgress(`Kafka: process ${before.process.pid} of an earlier run does not answer and is ended`);
    await endKafka(before.process, { waitMs: 3_000 });
  }

  const java = findJava();
  if (!java) throw new Error('Kafka needs Java 17 or newer, and there is none on the PATH nor under JAVA_HOME.');
  const libs = await kafkaJars(onProgress);
  const ports = { port: await portOf(before?.port), controllerPort: await portOf(before?.controllerPort) };
  const files = writeConfiguration(dataDir, ports);
  await formatOnce(java, libs, files);

  const startedMs = Date.now();
  onProgress(`Kafka: starting on ${brokerAddress(ports.port)}`);
  const identity = await startInBackground({
    command: java,
    args: [...jvmSettings(files.log4j), '-cp', join(libs, '*'), 'kafka.Kafka', files.properties],
    logFile: files.output,
  });
  rememberInState(dataDir, { kafka: { ...ports, process: identity } });
  const server = { name: 'Kafka', identity, logFile: files.log };
  await waitUntilHealthy(server, () => answer(brokerAddress(ports.port)), 90_000);
  onProgress(`Kafka: ready after ${((Date.now() - startedMs) / 1000).toFixed(1)} s`);

  return { identity, isTakenOver: false };
}

/** Clean shutdown, so that the next start recovers nothing; SIGKILL when that takes too long. */
export async function endKafka(
  identity: ProcessIdentity,
  { isDiscarded = false, waitMs = 20_000 }: { isDiscarded?: boolean; waitMs?: number } = {},
): Promise<void> {
  const cleanly = { signal: 'SIGTERM', waitMs } as const;
  const atOnce = { signal: 'SIGKILL', waitMs: 5_000 } as const;
  await endProcess(identity, isDiscarded ? [atOnce] : [cleanly, atOnce]);
}

interface KafkaFiles {
  properties: string;
  log4j: string;
  data: string;
  log: string;
  output: string;
}

function writeConfiguration(dataDir: string, ports: { port: number; controllerPort: number }): KafkaFiles {
  const home = join(dataDir, 'kafka');
  const logs = join(dataDir, 'logs');
  const files = {
    properties: join(home, 'server.properties'),
    log4j: join(home, 'log4j2.xml'),
    data: join(home, 'data'),
    log: join(logs, 'kafka.log'),
    output: join(logs, 'kafka.out.log'),
  };
  mkdirSync(home, { recursive: true });
  mkdirSync(logs, { recursive: true });
  writeFileSync(files.properties, serverProperties({ ...ports, logDir: files.data }));
  writeFileSync(files.log4j, log4jConfiguration(files.log));

  return files;
}

/** `meta.properties` is the last thing that formatting writes. */
async function formatOnce(java: string, libs: string, files: KafkaFiles): Promise<void> {
  if (existsSync(join(files.data, 'meta.properties'))) return;

  // The first byte stays below 0xf8: an id that begins with "-" would be read as an option.
  const id = Buffer.concat([Buffer.from([1]), randomBytes(15)]).toString('base64url');
  const format = ['kafka.tools.StorageTool', 'format', '-t', id, '-c', files.properties, '--ignore-formatted'];
  await promisify(execFile)(java, [
    ...jvmSettings(files.log4j),
    '-XX:TieredStopAtLevel=1',
    '-cp',
    join(libs, '*'),
    ...format,
  ]);
}

const jvmSettings = (log4j: string): string[] => [
  '-Xms256m',
  '-Xmx1g',
  '-XX:+UseSerialGC',
  '-Djava.awt.headless=true',
  `-Dlog4j2.configurationFile=${log4j}`,
];

/** Throws until a broker answers an admin request. */
async function answer(address: string): Promise<void> {
  const { brokers } = await withKafkaAdmin([address], (admin) => admin.describeCluster(), {
    requestTimeout: 3000,
    retry: { retries: 0 },
  });
  if (brokers.length === 0) throw new Error('the broker has not registered yet');
}

async function isAnswering(address: string): Promise<boolean> {
  for (let attempt = 0; attempt < 3; attempt++) {
    const isWell = await answer(address).then(
      () => true,
      () => false,
    );
    if (isWell) return true;
  }
  return false;
}
