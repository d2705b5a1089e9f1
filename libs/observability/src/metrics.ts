import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

export { Registry };

export interface MetricOptions {
  /** Prometheus name with its unit last: `ordergate_decisions_total`, `ordergate_lag_messages`, `…_seconds`. */
  name: string;
  /** One sentence for who reads the dashboard. */
  help: string;
  labelNames?: string[];
}

/** A registry of one service, with the process's own figures (CPU, memory, garbage, event loop delay). */
export function createRegistry(service: string): Registry {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  // prom-client's default samples the event loop 100 times a second, which an idle service feels.
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 100 });
  return registry;
}

/** The registry's counter of this name; made at the first call. */
export function counterOf(registry: Registry, options: MetricOptions): Counter {
  return (registry.getSingleMetric(options.name) as Counter) ?? new Counter({ ...options, registers: [registry] });
}

/** The registry's gauge of this name; made at the first call. `collect` runs at each scrape and may set it. */
export function gaugeOf(
  registry: Registry,
  options: MetricOptions & { collect?: (gauge: Gauge) => void | Promise<void> },
): Gauge {
  const existing = registry.getSingleMetric(options.name) as Gauge | undefined;
  if (existing) return existing;
  const { collect, ...rest } = options;
  return new Gauge({
    ...rest,
    registers: [registry],
    ...(collect && {
      collect() {
        return collect(this);
      },
    }),
  });
}

/** The registry's histogram of this name; made at the first call. `buckets` are upper bounds, by default 1 ms … 10 s in seconds. */
export function histogramOf(registry: Registry, options: MetricOptions & { buckets?: number[] }): Histogram {
  const buckets = options.buckets ?? [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
  return (
    (registry.getSingleMetric(options.name) as Histogram) ??
    new Histogram({ ...options, buckets, registers: [registry] })
  );
}
