import type { Figures } from './figures.ts';

const armNames = { ours: 'ours', ceiling: 'ceiling', usual: 'usual way' } as const;

/** The figures as people read them. */
export function tableOf({ decisionsPerSecond: rate, latencyMs, cpuMicrosPerOrder: cpu }: Figures): string {
  const throughput = [
    ['', 'decisions/s'],
    ['ours', grouped(rate.ours)],
    ['ours, a fifth on one customer', grouped(rate.oursHotCustomer)],
    ['ceiling: consume → produce alone', grouped(rate.ceiling)],
    ...(Number.isNaN(rate.usual) ? [] : [['usual way: Nest transport, TypeORM', grouped(rate.usual)]]),
  ];
  const latencies = [
    ['from due to readable, ms', 'p50', 'p95', 'p99', 'max'],
    ...Object.entries(latencyMs).flatMap(([perSecond, arms]) =>
      Object.entries(arms).map(([arm, { p50, p95, p99, max }]) => [
        `${armNames[arm as keyof typeof armNames]} at ${grouped(Number(perSecond))}/s`,
        ...[p50, p95, p99, max].map((ms) => ms.toFixed(1)),
      ]),
    ),
  ];
  const cpus = [
    ['CPU of ours flat out', 'µs an order'],
    ...Object.entries(cpu).map(([name, micros]) => [name, micros.toFixed(1)]),
  ];
  return [throughput, latencies, cpus].map(aligned).join('\n\n');
}

export const grouped = (value: number): string =>
  Number.isNaN(value) ? '–' : Math.round(value).toLocaleString('en-US');

/** Columns as wide as their widest cell; the first to the left, the others to the right. */
function aligned(rows: string[][]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows
    .map((row) => row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at]!) : cell.padStart(widths[at]!))).join('  '))
    .join('\n');
}
