import { Database } from '@ordergate/database';

const segmentMegabytes = 16;

/**
 * A server that has run for a while writes its log into files that it has. A fresh one makes and syncs every file first, once
 * for 16 MB, and all commits wait for it: 60 ms on an ordinary disk, at 5,000 orders/s every second.
 * @param megabytes as much as will be written
 */
export async function prepareWal(postgresUrl: string, megabytes: number): Promise<void> {
  const database = Database.open(postgresUrl, { name: 'bench' });
  try {
    await database.query(`alter system set min_wal_size = '${megabytes}MB'`);
    await database.query('select pg_reload_conf()');
    for (let made = 0; made < megabytes; made += segmentMegabytes) {
      // Of a log in which nothing was written no new file is begun.
      await database.query("select pg_logical_emit_message(false, 'bench', 'x')");
      await database.query('select pg_switch_wal()');
    }
    await database.query('checkpoint');
  } finally {
    await database.close();
  }
}
