import { formatMinor } from '@ordergate/money';
import type { ReplayPlan } from './read-plan.ts';
import type { WalkResult } from './walk.ts';

/** What a replay shows at its end: orders, answers with their reasons, pace and latency. */
export function replaySummary({ rows, limits, days }: ReplayPlan, result: WalkResult): string {
  const { decisions, messagesSent, elapsedMs, lastDay } = result;
  const customers = limits.size;
  const firsts = [...decisions.first.values()];
  const held = firsts.filter(({ outcome }) => outcome === 'held');
  const seconds = elapsedMs / 1000;
  const answered = (count: number): string => `${padded(count)}  ${share(count, firsts.length)}`;

  return [
    `${grouped(rows.length)} orders of ${grouped(customers)} customers, ${days[0]?.day} to ${lastDay}, ${grouped(days.length)} business days`,
    '',
    'First decisions',
    `  approved ${answered(firsts.length - held.length)}`,
    `  held     ${answered(held.length)}${held.length > 0 ? '   (an order may be held for several reasons)' : ''}`,
    ...reasonLines(held.flatMap(({ reasons }) => reasons.map(({ code }) => code))),
    ...laterLine(decisions),
    '',
    `Pace       ${grouped(messagesSent)} messages in ${seconds.toFixed(1)} s: ${perSecond(messagesSent, seconds)} messages/s with ${perSecond(firsts.length, seconds)} decisions/s.`,
    '           The replay waits for every service before it goes on, so this is no measure of what the gate can do.',
    `Latency    order sent → decision read from the topic: ${latencies([...decisions.latencyMs.values()])}`,
    ...troubleLines(result),
  ].join('\n');
}

/** Whether every order has its answer and nothing was refused. */
export const isFlawless = ({ decisions, deadLetters }: WalkResult): boolean =>
  decisions.unanswered.length === 0 && deadLetters === 0;

function reasonLines(codes: string[]): string[] {
  const counts = [...Map.groupBy(codes, (code) => code)].map(([code, all]) => ({ code, count: all.length }));
  const width = Math.max(0, ...counts.map(({ code }) => code.length));

  return counts
    .sort((a, b) => b.count - a.count)
    .map(({ code, count }) => `             ${code.padEnd(width)} ${padded(count)}`);
}

function laterLine({ first, effective }: WalkResult['decisions']): string[] {
  const changed = [...effective.values()].filter(
    ({ orderId, outcome }) => first.get(orderId)!.outcome !== outcome,
  ).length;

  return changed > 0 ? [`  later decided otherwise ${padded(changed)}`] : [];
}

function troubleLines({ decisions, deadLetters }: WalkResult): string[] {
  const missing = decisions.unanswered;

  return [
    ...(missing.length > 0
      ? ['', `NOT ANSWERED: ${missing.length} orders, such as ${missing.slice(0, 5).join(', ')}`]
      : []),
    ...(deadLetters > 0
      ? ['', `DEAD LETTERS: ${deadLetters} messages were refused; read the topics that end in -dlt`]
      : []),
  ];
}

/** Nearest rank, in milliseconds. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);

  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? NaN;
}

function latencies(values: number[]): string {
  if (values.length === 0) return 'none was measured';

  return [50, 95, 99].map((percent) => `p${percent} ${percentile(values, percent).toFixed(1)} ms`).join(', ');
}

export const grouped = (count: number): string => count.toLocaleString('en');
/** 123456n cents → "1,234.56 USD". */
export const amountInWords = (minor: bigint, currency: string): string =>
  `${formatMinor(minor, currency).replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ',')} ${currency}`;

const padded = (count: number): string => grouped(count).padStart(7);
const share = (count: number, of: number): string =>
  of === 0 ? '' : `${((100 * count) / of).toFixed(1).padStart(5)} %`;
const perSecond = (count: number, seconds: number): string => grouped(Math.round(count / Math.max(seconds, 0.001)));
