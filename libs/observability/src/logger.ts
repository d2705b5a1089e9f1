import { pino, stdSerializers, stdTimeFunctions, type DestinationStream, type Logger } from 'pino';
import pretty from 'pino-pretty';

export type { Logger };

/**
 * The service's logger: readable lines on a terminal, one JSON object a line everywhere else.
 * `LOG_LEVEL` (trace … fatal, silent; default info) says from which level on. `destination` is for tests.
 */
export function createLogger(service: string, destination?: DestinationStream): Logger {
  const options = {
    level: process.env['LOG_LEVEL'] || 'info',
    base: { service },
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { error: stdSerializers.err, err: stdSerializers.err },
  };
  return pino(
    options,
    destination ?? (process.stdout.isTTY ? readableLines() : pino.destination({ fd: 1, sync: true })),
  );
}

// In this process and synchronous: a worker thread would lose the last lines of a process that ends.
const readableLines = (): DestinationStream =>
  pretty({
    sync: true,
    ignore: 'pid,hostname,service',
    messageFormat: '{service}: {msg}',
    translateTime: 'SYS:HH:MM:ss',
  });
