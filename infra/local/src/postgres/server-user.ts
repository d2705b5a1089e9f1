import { execFileSync } from 'node:child_process';
import { accessSync, chownSync, constants, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** Whom Postgres runs as. `null`: as ourselves. */
export type ServerUser = { uid: number; gid: number } | null;

/** Postgres refuses to run as root, as the programs in a bare container do: then it runs as the user `postgres`. */
export function serverUser(): ServerUser {
  if (process.getuid?.() !== 0) return null;
  const known = lookUp();
  if (known) return known;

  execFileSync('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/bin/false', 'postgres']);
  const made = lookUp();
  if (!made)
    throw new Error('Postgres does not run as root, and the user "postgres" could not be made. Run as another user.');

  return made;
}

/** Makes a folder that the server may write to. */
export function makeOwnedFolder(folder: string, user: ServerUser): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (!user) return;
  chownSync(folder, user.uid, user.gid);
}

/** Says which folder bars the way, instead of Postgres' bare "Permission denied". */
export function assertReachable(path: string, user: ServerUser): void {
  if (!user) return accessSync(path, constants.R_OK);
  for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder)) {
    const { mode, uid } = statSync(folder);
    if ((mode & 0o001) === 0 && uid !== user.uid) {
      throw new Error(
        `Postgres, which does not run as root, cannot enter ${folder} as the user "postgres". ` +
          `Move the project out of it, allow it (chmod o+x), or run as another user.`,
      );
    }
  }
}

function lookUp(): ServerUser {
  try {
    const id = (flag: string) =>
      Number(execFileSync('id', [flag, 'postgres'], { stdio: ['ignore', 'pipe', 'ignore'] }));
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    return null;
  }
}
