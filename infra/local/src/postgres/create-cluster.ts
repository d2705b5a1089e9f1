import { execFile } from 'node:child_process';
import { chownSync, existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { PostgresBinaries } from './postgres-binaries.ts';
import { assertReachable, makeOwnedFolder } from './server-user.ts';
import type { ServerUser } from './server-user.ts';

/** Built beside and renamed when complete: a launcher that dies in between leaves no half cluster that looks whole. */
export async function createClusterOnce(
  dataDir: string,
  binaries: PostgresBinaries,
  user: ServerUser,
  password: string,
  onProgress: (line: string) => void,
): Promise<string> {
  const home = join(dataDir, 'postgres');
  const data = join(home, 'data');
  makeOwnedFolder(home, user);
  assertReachable(data, user);
  assertReachable(binaries.postgres, user);
  if (existsSync(join(data, 'PG_VERSION'))) return data;

  onProgress('Postgres: making the data directory');
  const draft = join(home, 'data.new');
  const passwordFile = join(home, 'password.new');
  rmSync(draft, { recursive: true, force: true });
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (user) chownSync(passwordFile, user.uid, user.gid);
  // The built-in locale sorts alike on every machine, whatever languages it has.
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const login = ['--username=postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`];
  await promisify(execFile)(binaries.initdb, [`--pgdata=${draft}`, ...login, ...locale], {
    ...user,
    cwd: home,
    env: plainEnv(),
  });
  rmSync(passwordFile);
  renameSync(draft, data);

  return data;
}

/** LANG of the user might name a locale that the packaged server does not have. */
export const plainEnv = (): NodeJS.ProcessEnv => ({ ...process.env, LC_ALL: 'C', LC_MESSAGES: 'C', LANG: 'C' });
