import { createServer } from 'node:net';
import { run } from './command.ts';

/** Services of docker-compose.yml with a port of their own on this machine. */
const ports = {
  order: 'ORDERGATE_ORDER_PORT',
  'customer-credit': 'ORDERGATE_CUSTOMER_CREDIT_PORT',
  collections: 'ORDERGATE_COLLECTIONS_PORT',
  notification: 'ORDERGATE_NOTIFICATION_PORT',
  kafka: 'ORDERGATE_KAFKA_PORT',
  postgres: 'ORDERGATE_POSTGRES_PORT',
} as const;
export type ComposedService = keyof typeof ports;
export const composedServices = Object.keys(ports) as ComposedService[];

/** Names of its own, so that somebody's running Ordergate, its data and its image stay as they are. */
const project = 'ordergate-test';
const image = 'ordergate:test';

/** What `docker compose up` starts, seen from outside. */
export class ComposedSystem {
  private readonly env: Record<string, string>;
  private readonly portOf: Record<ComposedService, number>;
  private readonly signal: AbortSignal;

  private constructor(portOf: Record<ComposedService, number>, signal: AbortSignal) {
    this.portOf = portOf;
    this.signal = signal;
    this.env = {
      ...{ COMPOSE_PROJECT_NAME: project, ORDERGATE_IMAGE: image, COMPOSE_PROFILES: '' },
      ...{ ORDERGATE_FINANCE_MAIL: 'finance@example.com' },
      ...Object.fromEntries(composedServices.map((name) => [ports[name], String(portOf[name])])),
    };
  }

  /** Chooses free ports; nothing runs yet. */
  static async prepare(signal: AbortSignal): Promise<ComposedSystem> {
    const free = await freePorts(composedServices.length);
    const portOf = Object.fromEntries(composedServices.map((name, at) => [name, free[at]!]));
    return new ComposedSystem(portOf as Record<ComposedService, number>, signal);
  }

  urlOf(service: ComposedService): string {
    return `http://127.0.0.1:${this.portOf[service]}`;
  }

  get brokers(): string[] {
    return [`127.0.0.1:${this.portOf.kafka}`];
  }

  /** Builds the image and returns when everything is healthy. */
  async up(say: (line: string) => void): Promise<void> {
    await this.compose(['--progress', 'plain', 'up', '--build', '--wait', '--wait-timeout', '300'], { onLine: say });
  }

  /** Stops and starts one service; returns when all are healthy. */
  async restart(service: ComposedService): Promise<void> {
    await this.compose(['restart', service]);
    await this.compose(['up', '--no-deps', '--no-recreate', '--wait', '--wait-timeout', '120', ...composedServices]);
  }

  async token(user: string, roles: readonly string[]): Promise<string> {
    const asked = roles.flatMap((role) => ['--role', role]);
    const output = await this.compose(['run', '--rm', 'token', '--user', user, ...asked]);
    return output.trim().split('\n').at(-1)!;
  }

  /** What runs and what does not, with the end of what each said. */
  async complaints(): Promise<string> {
    const compose = (...args: string[]) => this.compose(args, { always: true }).catch(String);
    return `${await compose('ps', '--all')}\n${await compose('logs', '--no-color', '--tail', '20')}`;
  }

  /** Containers, volumes, networks and the image go, whatever has happened before. Throws if something is left. */
  async remove(): Promise<void> {
    const down = ['--profile', '*', 'down', '--volumes', '--remove-orphans', '--timeout', '20'];
    await this.compose(down, { always: true });
    for (const kind of ['container', 'volume', 'network']) {
      const ofOurs = ['--quiet', '--filter', `label=com.docker.compose.project=${project}`];
      const left = await ask(kind, 'ls', ...(kind === 'container' ? ['--all'] : []), ...ofOurs);
      if (left !== '') throw new Error(`A ${kind} of ${project} is left: ${left}`);
    }
    if ((await ask('image', 'ls', '--quiet', image)) !== '') await ask('image', 'rm', image);
  }

  /** `always`: also when the whole run was interrupted. */
  private compose(args: string[], { onLine = () => {}, always = false }: Composing = {}): Promise<string> {
    const { env, signal } = this;
    return run('docker', ['compose', ...args], { env, onLine, ...(!always && { signal }) });
  }
}

interface Composing {
  onLine?: (line: string) => void;
  always?: boolean;
}

const ask = async (...args: string[]): Promise<string> => (await run('docker', args, { onLine: () => {} })).trim();

/** Held until all are chosen, so that no port is given twice. */
async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>((done, failed) => server.once('error', failed).listen(0, '127.0.0.1', done));
      return server;
    }),
  );
  const free = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  return free;
}
