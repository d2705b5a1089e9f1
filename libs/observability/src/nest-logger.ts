import type { LoggerService } from '@nestjs/common';
import type { Logger } from './logger.ts';

// What Nest tells about its own start is of interest to who debugs it, not to who runs the service.
const frameworkContexts = new Set([
  'NestFactory',
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestApplication',
  'NestMicroservice',
]);

// What they report is thrown as well, and then told in one sentence by startService.
const startUpContexts = new Set(['ExceptionHandler', 'NestApplication']);

/** Lets Nest write through our logger; what it says about its own start goes to level debug. */
export class NestLogger implements LoggerService {
  private readonly logger: Logger;

  constructor(logger: Logger) {
    this.logger = logger;
  }

  log(message: unknown, ...rest: unknown[]): void {
    const { context } = describe(rest);
    this.write(context && frameworkContexts.has(context) ? 'debug' : 'info', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    const { context } = describe(rest);
    this.write(context && startUpContexts.has(context) ? 'debug' : 'error', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('trace', message, rest);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
  }

  private write(level: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal', message: unknown, rest: unknown[]) {
    const fields = describe(rest);
    if (message instanceof Error) this.logger[level]({ ...fields, error: message }, message.message);
    else if (typeof message === 'string') this.logger[level](fields, message);
    else this.logger[level]({ ...fields, details: message }, 'Details of the framework');
  }
}

/** Nest appends the context as the last text; `error` puts a stack before it. */
function describe(rest: unknown[]): { context?: string; stack?: string } {
  const texts = rest.filter((part): part is string => typeof part === 'string');
  const context = texts.at(-1);
  const stack = texts.find((text) => text.includes('\n    at '));
  return { ...(context && context !== stack ? { context } : {}), ...(stack ? { stack } : {}) };
}
