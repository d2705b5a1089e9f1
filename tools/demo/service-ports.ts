import { createServer } from 'node:net';
import { serviceNames, type ServiceName } from './services.ts';

/** The ports that the documentation names. */
export const usualPorts: Record<ServiceName, number> = {
  order: 3001,
  'customer-credit': 3002,
  collections: 3003,
  notification: 3004,
};

/** A port for each service: the wanted one, or a free one where another program has it. */
export async function freePorts(
  wanted: Record<ServiceName, number> = usualPorts,
): Promise<Record<ServiceName, number>> {
  const ports = {} as Record<ServiceName, number>;
  const held: (() => void)[] = [];
  for (const name of serviceNames) {
    const { port, release } = await hold(wanted[name]).catch(() => hold(0));
    ports[name] = port;
    held.push(release);
  }
  // Held until all are chosen, so that no two services are given the same free one.
  for (const release of held) release();

  return ports;
}

function hold(port: number): Promise<{ port: number; release: () => void }> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      resolve({ port: (server.address() as { port: number }).port, release: () => server.close() });
    });
  });
}
