import type { Backtest } from '../../backtest.ts';
import { paymentKinds, type PaymentKind } from '../../payment-outcome.ts';
import { totalOf, type ByPayment, type ReasonTally, type Sum } from '../../tally.ts';
import { countText, ordersText, paymentText, percentText, worthText } from '../words.ts';
import { sumCell } from './affected-customers.ts';
import { legend, lineChart, stackedBars, type StackedRow } from './charts.ts';
import { dayText, roundWorth, unitsOf } from './figures.ts';
import { markup, type Markup } from './markup.ts';
import { tiles } from './tiles.ts';

/** What is shown of an order's end: “not known” only where there is any. */
const kindsOf = ({ tally }: Backtest): readonly PaymentKind[] =>
  paymentKinds.filter((kind) => kind !== 'not-known' || tally.all[kind].orders > 0);

function stacked(name: string, sums: ByPayment, backtest: Backtest, currency: string): StackedRow {
  const of = paymentText(backtest.judging.lateDays);
  const all = totalOf(sums);
  return {
    name,
    parts: paymentKinds.map((kind) => ({
      kind,
      value: unitsOf(sums[kind], currency),
      title: `${of[kind]}: ${ordersText(sums[kind])} orders, ${worthText(sums[kind])}`,
    })),
    label: `${roundWorth(all, currency)} · ${countText(all.orders, 'order', 'orders')}`,
  };
}

/** What each policy holds and approves of all orders. */
export function policiesSection(backtest: Backtest, currency: string): Markup {
  const { tally, judging, before, after } = backtest;
  const kinds = kindsOf(backtest);
  const of = paymentText(judging.lateDays);
  const rows: [string, ByPayment, string][] = [
    [before.version, tally.before.held, 'held'],
    [after.version, tally.after.held, 'held'],
    [before.version, tally.before.approved, 'approved'],
    [after.version, tally.after.approved, 'approved'],
  ];
  const bars = (what: string): StackedRow[] =>
    rows.filter(([, , its]) => its === what).map(([name, sums]) => stacked(shortName(name), sums, backtest, currency));
  const all = totalOf(tally.all).orders;
  return markup`<section><h2>Both policies on all orders</h2>
<p class="quiet">What each holds and lets through, by what became of the orders. Held and paid on time is wrongly held; approved and ${of['too-late']} is wrongly approved.</p>
${tiles(backtest, currency)}
<h3>Held</h3>${stackedBars(bars('held'), 'Worth of held orders under both policies by what became of them')}
<h3>Approved</h3>${stackedBars(bars('approved'), 'Worth of approved orders under both policies by what became of them')}
${legend(kinds, of)}
<div class="scroll"><table><thead><tr><th>Policy</th><th class="text">Answer</th><th>Orders</th><th>Share</th>${kinds.map((kind) => markup`<th>${of[kind]}</th>`)}</tr></thead>
<tbody>${rows.map(([name, sums, what]) => markup`<tr><th>${name}</th><td class="text">${what}</td>${sumCell(totalOf(sums))}<td class="percent">${percentText(totalOf(sums).orders, all)}</td>${kinds.map((kind) => sumCell(sums[kind]))}</tr>`)}</tbody></table></div></section>`;
}

const shortName = (version: string): string => (version.length > 24 ? `${version.slice(0, 23)}…` : version);

/** Which reason does what: those that hold most under the candidate first. */
export function reasonsSection(backtest: Backtest, currency: string): Markup | null {
  const { tally, judging } = backtest;
  const kinds = kindsOf(backtest);
  if (tally.reasons.size === 0) return null;
  const of = paymentText(judging.lateDays);
  const weight = ({ before, after }: ReasonTally): number =>
    unitsOf(totalOf(after), currency) * 1e6 + unitsOf(totalOf(before), currency);
  const reasons = [...tally.reasons].sort(([, a], [, b]) => weight(b) - weight(a));
  const holding = reasons.filter(([, { after }]) => totalOf(after).orders > 0);
  return markup`<section><h2>Reason by reason</h2>
<p class="quiet">What the candidate holds for each reason, by what became of it. An order counts under each of its reasons. “Only reason”: what would be free without this rule.</p>
${
  holding.length > 0 &&
  stackedBars(
    holding.map(([code, { after }]) => stacked(code, after, backtest, currency)),
    'Worth of orders held by the candidate for each reason, by what became of them',
  )
}
${legend(kinds, of)}
<div class="scroll"><table><thead><tr><th>Reason</th><th>Held before</th><th>Held now</th><th>Only reason</th>${kinds.map((kind) => markup`<th>now: ${of[kind]}</th>`)}<th>Share too late</th></tr></thead>
<tbody>${reasons.map(
    ([code, reason]) =>
      markup`<tr><th class="nowrap"><code>${code}</code></th>${sumCell(totalOf(reason.before))}${sumCell(totalOf(reason.after))}${sumCell(reason.aloneAfter)}${kinds.map((kind) => sumCell(reason.after[kind]))}<td class="percent">${percentText(unitsOf(reason.after['too-late'], currency), unitsOf(totalOf(reason.after), currency))}</td></tr>`,
  )}</tbody></table></div></section>`;
}

// A share of fewer orders jumps about and says nothing.
const ordersAMonth = 10;

/** The share of orders held, month by month. */
export function monthsSection({ tally, before, after }: Backtest): Markup | null {
  const months = [...tally.months]
    .filter(([, { all }]) => all.orders >= ordersAMonth)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  if (months.length < 3) return null;
  const share = (held: ByPayment, all: Sum): number => (100 * totalOf(held).orders) / all.orders;
  const points = months.map(([month, { all, heldBefore, heldAfter }], at) => ({
    tick: at === 0 || month.endsWith('-01') ? dayText(month) : null,
    before: share(heldBefore, all),
    after: share(heldAfter, all),
  }));
  const names = { before: before.version, after: after.version };
  return markup`<section class="whole"><h2>Month by month</h2>
<p class="quiet">Share of each month’s orders that is held; months with fewer than ${ordersAMonth} orders are left out.</p>
${lineChart(points, ' %', names, 'Share of orders held by month under both policies')}</section>`;
}

/** What customers owe and have ordered, under each policy’s own course. */
export function owedSection({ owed, before, after }: Backtest, currency: string): Markup | null {
  if (owed.length < 2) return null;
  const units = (minor: ReadonlyMap<string, bigint>): number => unitsOf({ orders: 0, minor: new Map(minor) }, currency);
  const points = owed.map(({ day, ...sums }, at) => ({
    tick: at === 0 || day.endsWith('-01-01') ? dayText(at === 0 ? day : day.slice(0, 7)) : null,
    before: units(sums.before),
    after: units(sums.after),
  }));
  // A tick just before the end has no room.
  const roomy = points.map((point, at) =>
    at > 0 && points.length - at < points.length / 15 ? { ...point, tick: null } : point,
  );
  const names = { before: before.version, after: after.version };
  return markup`<section class="whole"><h2>What customers owe</h2>
<p class="quiet">Open orders and receivables of all customers at the end of each day, in ${currency}: each policy runs its own course, and nobody owes what it holds.</p>
${lineChart(roomy, '', names, 'Exposure of all customers day by day under both policies')}</section>`;
}
