import type { Backtest } from '../backtest.ts';
import { paymentKinds } from '../payment-outcome.ts';
import { minus, totalOf, type ByPayment, type Sum } from '../tally.ts';
import { countText, ordersText, paymentText, percentText, worthText } from './words.ts';

/** The report for a terminal. */
export function textReport(backtest: Backtest): string {
  const { before, after, source, from, to, judging, tally, notes } = backtest;
  const all = totalOf(tally.all);
  const of = paymentText(judging.lateDays);
  return [
    `Back-test of ${after.version} (${after.from})`,
    `  against   ${before.version} (${before.from})`,
    `  orders    ${countText(all.orders, 'order', 'orders')} of ${countText(tally.customers, 'customer', 'customers')}, ${worthText(all)}, ${from} to ${to}`,
    `  from      ${source}; payments are known until ${judging.knownUntil}`,
    '',
    'What would change',
    ...table([
      ['', 'orders', 'worth', ...paymentKinds.map((kind) => of[kind])],
      row('held, was approved', tally.newlyHeld),
      row('approved, was held', tally.newlyApproved),
      row('held by both', heldByBoth(backtest)),
    ]),
    ...(tally.otherReasons > 0 ? [`  of those held by both ${tally.otherReasons} for other reasons`] : []),
    '',
    'Right and wrong                (of all orders, whoever changed them)',
    ...table([
      ['', 'before', '', 'candidate', ''],
      verdictRow('wrongly held: held, paid on time', tally.before.held['on-time'], tally.after.held['on-time']),
      verdictRow(
        `wrongly approved: approved, ${of['too-late']}`,
        tally.before.approved['too-late'],
        tally.after.approved['too-late'],
      ),
      verdictRow(`rightly held: held, ${of['too-late']}`, tally.before.held['too-late'], tally.after.held['too-late']),
      verdictRow('held in all', totalOf(tally.before.held), totalOf(tally.after.held)),
      ['share of orders held', '', heldShare(backtest, 'before'), '', heldShare(backtest, 'after')],
    ]),
    '',
    'Reasons                        (an order counts under each of its reasons)',
    ...reasonTable(backtest),
    '',
    'What this says, and what it cannot',
    ...notes.flatMap((note) => paragraph(note)),
  ].join('\n');
}

const row = (name: string, sums: ByPayment): string[] => {
  const all = totalOf(sums);
  return [name, ordersText(all), worthText(all), ...paymentKinds.map((kind) => both(sums[kind]))];
};
const both = (sum: Sum): string => (sum.orders === 0 ? '–' : `${ordersText(sum)}: ${worthText(sum)}`);
const verdictRow = (name: string, before: Sum, after: Sum): string[] => [
  ...[name, ordersText(before), worthText(before), ordersText(after), worthText(after)],
];

function heldByBoth({ tally }: Backtest): ByPayment {
  return Object.fromEntries(
    paymentKinds.map((kind) => [kind, minus(tally.after.held[kind], tally.newlyHeld[kind])]),
  ) as ByPayment;
}

function heldShare({ tally }: Backtest, policy: 'before' | 'after'): string {
  return percentText(totalOf(tally[policy].held).orders, totalOf(tally.all).orders);
}

function reasonTable({ tally, judging }: Backtest): string[] {
  const of = paymentText(judging.lateDays);
  const reasons = [...tally.reasons].sort(([, a], [, b]) => totalOf(b.after).orders - totalOf(a.after).orders);
  return table([
    ['', 'held before', 'held now', 'only reason', ...paymentKinds.map((kind) => `now: ${of[kind]}`)],
    ...reasons.map(([code, reason]) => [
      ...[code, ordersText(totalOf(reason.before)), ordersText(totalOf(reason.after)), ordersText(reason.aloneAfter)],
      ...paymentKinds.map((kind) => both(reason.after[kind])),
    ]),
  ]);
}

/** The first column to the left, the others to the right. */
function table(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]!.map((_, at) => Math.max(...rows.map((cells) => cells[at]!.length)));
  return rows.map((cells) =>
    `  ${cells.map((cell, at) => (at === 0 ? cell.padEnd(widths[at]!) : cell.padStart(widths[at]!))).join('   ')}`.trimEnd(),
  );
}

const lineMax = 110;

function paragraph(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < lineMax) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(`${lines.length === 0 ? '  - ' : '    '}${word}`);
  }
  return lines;
}
