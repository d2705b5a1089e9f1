import { execFileSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Path of the command on this machine, or null. */
export function findCommand(name: string, env: NodeJS.ProcessEnv = process.env): string | null {
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  for (const folder of folders) {
    const file = join(folder, name);
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      continue;
    }
  }
  return null;
}

/** A Java that Kafka 4 runs on (17 or newer): JAVA_HOME's first, then the PATH's; null when there is none. */
export function findJava(env: NodeJS.ProcessEnv = process.env): string | null {
  const home = env['JAVA_HOME'] ? join(env['JAVA_HOME'], 'bin', 'java') : null;
  const candidates = [home, findCommand('java', env)].filter((path) => path !== null);

  return candidates.find((path) => javaMajorVersion(path) >= 17) ?? null;
}

/** 17 of `openjdk 17.0.15 2025-04-15`; 0 when it cannot be told. Java 8 and older do not know `--version`: 0 as well. */
function javaMajorVersion(java: string): number {
  try {
    const answer = execFileSync(java, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return Number(/^\S+ (\d+)/m.exec(answer)?.[1] ?? 0);
  } catch {
    return 0;
  }
}
