import { Module, type DynamicModule } from '@nestjs/common';
import { HealthState } from './health-state.ts';
import { createLogger, type Logger } from './logger.ts';
import { createRegistry, Registry } from './metrics.ts';

/** Injection token of the service's `Logger`. */
export const LOGGER = Symbol('LOGGER');
/** Injection token of the service's name, e.g. `customer-credit`. */
export const SERVICE_NAME = Symbol('SERVICE_NAME');

/** LOGGER, SERVICE_NAME, Registry and HealthState for every module of a service. Imported once, by `startService`. */
@Module({})
export class ObservabilityModule {
  static forService(name: string, logger: Logger = createLogger(name)): DynamicModule {
    return {
      module: ObservabilityModule,
      global: true,
      providers: [
        { provide: SERVICE_NAME, useValue: name },
        { provide: LOGGER, useValue: logger },
        { provide: Registry, useFactory: () => createRegistry(name) },
        HealthState,
      ],
      exports: [SERVICE_NAME, LOGGER, Registry, HealthState],
    };
  }
}
