export interface Latencies {
  p50: number;
  p95: number;
  p99: number;
  max: number;
}

/** Exact percentiles, by nearest rank, rounded to hundredths. @returns null of nothing */
export function latenciesOf(measured: Float64Array): Latencies | null {
  if (measured.length === 0) return null;
  const sorted = measured.slice().sort();
  const rank = (share: number): number => hundredths(sorted[Math.ceil(share * sorted.length) - 1]!);
  return { p50: rank(0.5), p95: rank(0.95), p99: rank(0.99), max: rank(1) };
}

const hundredths = (value: number): number => Math.round(value * 100) / 100;
