import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** The port of the run before if nobody has taken it since (addresses that people copied keep working), else a free one. */
export async function portOf(wanted: number | undefined): Promise<number> {
  // A server that was just killed may hold its port a little longer.
  for (let attempt = 0; wanted !== undefined && attempt < 5; attempt++) {
    const kept = await listenOnce(wanted).catch(() => null);
    if (kept !== null) return kept;
    await pause(100);
  }
  return listenOnce(0);
}

function listenOnce(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address() as { port: number };
      server.close(() => resolve(address.port));
    });
  });
}
