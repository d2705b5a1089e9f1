import type { Verdict } from './checks/index.ts';
import type { History } from './history/history.ts';
import type { Recovery } from './inject-fault.ts';

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;
const kindOf = ({ fault: { kind, target } }: Recovery): string => `${kind} ${target}`;

/** One fault, and how far the run is. */
export function faultLine(recovery: Recovery, at: number, of: number, elapsedMs: number): string {
  const left = Math.ceil(((elapsedMs / at) * (of - at)) / 1_000);
  const caughtUp = recovery.caughtUpMs === null ? '' : `, caught up after ${seconds(recovery.caughtUpMs)}`;
  const place = `${String(at).padStart(String(of).length)}/${of}`;
  return `  ${place}  ${kindOf(recovery).padEnd(24)} goes on after ${seconds(recovery.firstMs)}${caughtUp}  (about ${left} s left)`;
}

/** Medians by kind. */
export function recoveryTable(recoveries: readonly Recovery[]): string {
  const rows = [...Map.groupBy(recoveries, kindOf)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([kind, ofKind]) => {
      const first = ofKind.map(({ firstMs }) => firstMs);
      const caughtUp = ofKind.flatMap(({ caughtUpMs }) => caughtUpMs ?? []);
      const columns = [String(ofKind.length), median(first), seconds(Math.max(...first)), median(caughtUp)];
      return `${kind.padEnd(26)}${columns.map((column) => column.padStart(12)).join('')}`;
    });
  const head = ['faults', 'median', 'longest', 'caught up'].map((column) => column.padStart(12)).join('');
  return [`${'until work goes on'.padEnd(26)}${head}`, ...rows].join('\n');
}

const medianMs = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
};
const median = (values: readonly number[]): string => (values.length === 0 ? '–' : seconds(medianMs(values)));

const promisedMs: Record<string, number> = { kafka: 8_000, postgres: 2_000 };
const promisedOfServicesMs = 6_000;

/** The kinds whose median is above what docs/reliability.md promises. */
export const tooSlow = (recoveries: readonly Recovery[]): string[] =>
  [...Map.groupBy(recoveries, kindOf)].flatMap(([kind, ofKind]) => {
    const most = promisedMs[ofKind[0]!.fault.target] ?? promisedOfServicesMs;
    const took = medianMs(ofKind.map(({ firstMs }) => firstMs));
    return took <= most ? [] : [`after ${kind} work goes on after ${seconds(took)}, promised are ${seconds(most)}`];
  });

const shown = 5;

/** What the checker found, or what it has looked at. */
export function verdictLines(verdicts: readonly Verdict[], history: History, sent: number): string {
  const { records, decisions, accounts, ledger, mails } = history;
  const lines = verdicts.flatMap(({ check, violations }) =>
    violations.length === 0
      ? [`  ✓ ${check.says}`]
      : [
          `  ✗ ${check.says} (${check.name}): ${violations.length} times not`,
          ...violations.slice(0, shown).map((violation) => `      ${violation}`),
        ],
  );
  return [
    `Checked: ${sent} messages sent, ${records.length} records on topics, ${decisions.length} decisions and ` +
      `${ledger.length} ledger entries of ${accounts.length} customers, ${mails.length} mails`,
    ...lines,
  ].join('\n');
}
