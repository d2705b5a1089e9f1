export { createLogger, type Logger } from './logger.ts';
export { NestLogger } from './nest-logger.ts';
export { createRegistry, counterOf, gaugeOf, histogramOf, Registry, type MetricOptions } from './metrics.ts';
export { childTraceparent, traceIdOf } from './traceparent.ts';
export { HealthState, type Check, type Trouble } from './health-state.ts';
export { LOGGER, ObservabilityModule, SERVICE_NAME } from './observability.module.ts';
