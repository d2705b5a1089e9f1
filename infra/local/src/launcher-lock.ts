import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { identify, isRunning } from './process/process-identity.ts';
import type { ProcessIdentity } from './process/process-identity.ts';

/** Somebody else's launcher looks after this data directory. */
export class DataDirInUseError extends Error {
  constructor(dataDir: string, pid: number) {
    super(`${dataDir} is in use by another launcher (process ${pid}). Stop that one first, or use another directory.`);
  }
}

/**
 * One launcher for one data directory: two would end each other's servers.
 * @returns gives the directory back
 * @throws DataDirInUseError when another living process has it
 */
export function lockDataDir(dataDir: string): () => void {
  const file = join(dataDir, 'launcher.lock');
  const own = identify(process.pid) as ProcessIdentity;
  const content = JSON.stringify(own);
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      writeFileSync(file, content, { flag: 'wx' });
      return () => releaseIfOwn(file, content);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const owner = readOwner(file);
    if (owner && isRunning(owner)) throw new DataDirInUseError(dataDir, owner.pid);
    rmSync(file, { force: true });
  }
  throw new Error(`${file} comes back each time it is removed`);
}

/** Whether a living launcher has the directory. */
export function isLocked(dataDir: string): boolean {
  const owner = readOwner(join(dataDir, 'launcher.lock'));

  return owner !== null && isRunning(owner);
}

function readOwner(file: string): ProcessIdentity | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ProcessIdentity;
  } catch {
    return null;
  }
}

function releaseIfOwn(file: string, content: string): void {
  try {
    if (readFileSync(file, 'utf8') === content) rmSync(file, { force: true });
  } catch {
    // Gone already, with its directory.
  }
}
