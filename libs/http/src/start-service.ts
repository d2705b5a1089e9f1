import { createLogger, type Logger } from '@ordergate/observability';
import { collectGarbageSeldom } from './collect-garbage-seldom.ts';
import { createService, listen, type ServiceSettings } from './create-service.ts';

export interface StartSettings extends Omit<ServiceSettings, 'logger' | 'name'> {
  /** Where it listens unless PORT says otherwise; on 127.0.0.1 unless HOST does. */
  port: number;
  /** What `--migrate` runs before it ends the process. */
  migrate?: () => Promise<unknown>;
}

const stopMsMax = 15_000;

/**
 * The whole life of a service's process: `--migrate` brings its database up to date and ends; otherwise it starts,
 * says where it is, and on SIGTERM or SIGINT finishes what it has begun. A failure to start is one sentence and exit 1.
 * `read` reads the settings: what is missing or wrong in the environment is such a sentence, too.
 * Connections that open requests need are to be closed in `onApplicationShutdown`, not in `onModuleDestroy`.
 */
export async function startService(name: string, read: () => StartSettings): Promise<void> {
  collectGarbageSeldom();
  const logger = createLogger(name);
  try {
    const settings = read();
    const { migrate, port } = settings;
    if (process.argv.includes('--migrate')) {
      await migrate?.();
      logger.info(`The database of ${name} is up to date`);
      process.exit(0);
    }
    const app = await createService({ ...settings, name, logger });
    stopOnSignals(name, logger, () => app.close());
    const url = await listen(app, portFromEnvironment(port), process.env['HOST'] || undefined);
    logger.info(`${name} is ready at ${url} (docs at ${url}/docs)`);
  } catch (error) {
    logger.fatal(isBug(error) ? { error } : {}, `${name} cannot start: ${sentenceOf(error)}`);
    process.exit(1);
  }
}

function stopOnSignals(name: string, logger: Logger, close: () => Promise<void>): void {
  let isStopping = false;
  const stop = (): void => {
    if (isStopping) return;
    isStopping = true;
    logger.info(`${name} stops: it finishes what it has begun`);
    const deadline = setTimeout(() => {
      logger.warn(`${name} did not finish within ${stopMsMax / 1000} s and stops now`);
      process.exit(1);
    }, stopMsMax);
    close().then(
      () => {
        clearTimeout(deadline);
        logger.info(`${name} has stopped`);
        process.exit(0);
      },
      (error: unknown) => {
        logger.error({ error }, `${name} stopped, not cleanly`);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

function portFromEnvironment(port: number): number {
  const text = process.env['PORT'] || String(port);
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) throw new Error(`PORT must be 0–65535, not "${text}"`);
  return Number(text);
}

/** A mistake in the program, which its author wants to see with its place; all else is for who runs it. */
const isBug = (error: unknown): boolean =>
  error instanceof TypeError || error instanceof ReferenceError || error instanceof RangeError;

function sentenceOf(error: unknown): string {
  const { code, port, address } = error as { code?: string; port?: number; address?: string };
  if (code === 'EADDRINUSE') return `port ${port} is taken by another program; set PORT to a free one`;
  if (code === 'ECONNREFUSED') return `nothing answers at ${address}:${port}`;
  return error instanceof Error && error.message ? error.message.split('\n')[0]! : String(error);
}
