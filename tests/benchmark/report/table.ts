import type { Measured } from '../measure-slot.ts';
import type { Figures } from './figures.ts';
import type { Idle, Verdict } from './verdicts.ts';

/** The figures as people read them. */
export function tableOf({ decisionsPerSecond: rate, latencyMs, cpuMicrosPerOrder: cpu }: Figures): string {
  const throughput = [
    ['flat out', 'decisions/s'],
    ['ours', grouped(rate.ours)],
    ['ours, a fifth of the orders on one customer', grouped(rate.oursHotCustomer)],
    ['ours under the full policy, of customers with a record', grouped(rate.fullPolicy)],
    ['ours with a thousand customers in one credit group', grouped(rate.pool)],
    ['ceiling: consume → produce with kafkajs, nothing else', grouped(rate.ceiling)],
    ['usual way: Nest’s Kafka transport, TypeORM', grouped(rate.usual)],
  ];
  const latencies = [
    ['from due to readable, ms', 'p50', 'p95', 'p99', 'max'],
    ...Object.entries(latencyMs).flatMap(([perSecond, arms]) =>
      Object.entries(arms).map(([arm, { p50, p95, p99, max }]) => [
        `${arm === 'usual' ? 'usual way' : arm} at ${grouped(Number(perSecond))}/s`,
        ...[p50, p95, p99, max].map((ms) => ms.toFixed(1)),
      ]),
    ),
  ];
  const cpus = [
    ['CPU of ours, flat out', 'µs an order'],
    ...Object.entries(cpu).map(([name, micros]) => [name, micros.toFixed(1)]),
  ];
  return [throughput, ...(latencies.length > 1 ? [latencies] : []), cpus].map(aligned).join('\n\n');
}

/** What `--assert` looks at. */
export const verdictTable = (verdicts: readonly Verdict[]): string =>
  aligned([
    ['what has to hold', 'found', 'bound', ''],
    ...verdicts.map(({ says, found, bound, judged }) => [
      says,
      Number.isInteger(found) ? String(found) : found.toFixed(2),
      String(bound),
      { holds: 'holds', broken: 'DOES NOT HOLD', 'not judged': 'not judged: the machine is too busy' }[judged],
    ]),
  ]);

export const idleTable = (services: readonly Idle[]): string =>
  aligned([
    ['at rest', '% of a core', 'MB resident'],
    ...services.map(({ name, cpuPercent, megabytes }) => [name, cpuPercent.toFixed(2), String(megabytes)]),
  ]);

/** One slot in a line. */
export function summaryOf(measured: Measured): string {
  const { perSecond, latencyMs, approvedShare, repeated, cpuMicros, residentBytesMax } = measured;
  const micros = Object.entries(cpuMicros).map(([name, value]) => `${name} ${value.toFixed(0)}`);
  return [
    `${grouped(perSecond)}/s`,
    ...(latencyMs ? [`p50 ${latencyMs.p50} p99 ${latencyMs.p99} max ${latencyMs.max} ms`] : []),
    `${(approvedShare * 100).toFixed(1)} % approved`,
    ...(repeated > 0 ? [`${repeated} told twice`] : []),
    `µs an order: ${micros.join(', ')}`,
    `${Math.round(residentBytesMax / 1_048_576)} MB`,
  ].join('; ');
}

const grouped = (value: number): string => (Number.isNaN(value) ? '–' : Math.round(value).toLocaleString('en-US'));

/** Columns as wide as their widest cell; the first to the left, the others to the right. */
function aligned(rows: readonly string[][]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows
    .map((row) =>
      row
        .map((cell, at) => (at === 0 ? cell.padEnd(widths[at]!) : cell.padStart(widths[at]!)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
