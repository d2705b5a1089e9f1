import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from '../project-root.ts';
import { findCommand } from './java.ts';

const pom = join(projectRoot, 'infra', 'local', 'kafka', 'pom.xml');

/** Where the jars of this very pom lie; a changed pom has another place, so nothing is replaced under a running broker. */
function kafkaLibsDir(): string {
  const version = createHash('sha256').update(readFileSync(pom)).digest('hex').slice(0, 8);

  return join(projectRoot, '.ordergate', 'kafka', 'libs', version);
}

export const hasKafkaJars = (): boolean => existsSync(kafkaLibsDir());

/**
 * The folder with Kafka's jars, fetched by Maven once (45 jars, 43 MB).
 * @throws Error when Maven is missing or fails
 */
export async function kafkaJars(onProgress: (line: string) => void): Promise<string> {
  const libs = kafkaLibsDir();
  if (existsSync(libs)) return libs;

  const maven = findCommand('mvn');
  if (!maven) throw new Error('Kafka\'s jars are not there yet and Maven ("mvn"), which fetches them, is missing.');

  onProgress('Kafka: Maven fetches the jars (once, 43 MB)');
  const draft = `${libs}.${process.pid}`;
  mkdirSync(draft, { recursive: true });
  try {
    const goal = ['dependency:copy-dependencies', `-DoutputDirectory=${draft}`, '-DincludeScope=runtime'];
    await promisify(execFile)(maven, ['-q', '-B', '-f', pom, ...goal]);
    moveUnlessThere(draft, libs);
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    throw new Error(`Maven could not fetch Kafka's jars: ${`${stdout ?? ''}${stderr ?? ''}`.trim() || String(error)}`, {
      cause: error,
    });
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return libs;
}

/** Two launchers may fetch at once: the first folder stays, both are alike. */
function moveUnlessThere(draft: string, libs: string): void {
  try {
    renameSync(draft, libs);
  } catch (error) {
    if (!existsSync(libs)) throw error;
  }
}
