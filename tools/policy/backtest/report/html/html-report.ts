import { changeText, placeText, whenText } from '../../../compare/differences-text.ts';
import type { ComparedPolicies, Difference } from '../../../compare/compare-policies.ts';
import type { Backtest } from '../../backtest.ts';
import { totalOf } from '../../tally.ts';
import { countText, worthText } from '../words.ts';
import { affectedCustomersSection } from './affected-customers.ts';
import { changedOrdersSection } from './changed-orders.ts';
import { hatch } from './charts.ts';
import { dayText, mainCurrency } from './figures.ts';
import { markup, Markup } from './markup.ts';
import { monthsSection, owedSection, policiesSection, reasonsSection } from './sections.ts';
import { style } from './style.ts';
import { verdictSection } from './verdict.ts';

/** The report as one page that needs nothing else: no script, no picture, no font from anywhere. */
export function htmlReport(backtest: Backtest): string {
  const { before, after, tally } = backtest;
  const currency = mainCurrency(tally) ?? '';
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Back-test of ${after.version} against ${before.version}</title>
<style>${new Markup(style)}</style>
</head>
<body>${hatch}<main>
${header(backtest)}
${totalOf(tally.all).orders === 0 ? markup`<section><p>No order was decided in these days.</p></section>` : chapters(backtest, currency)}
</main></body>
</html>
`.text;
}

function header({ before, after, source, from, to, judging, tally }: Backtest): Markup {
  const all = totalOf(tally.all);
  return markup`<header><p class="kind">Back-test of a credit policy</p>
<h1>${after.version} <span class="against">against ${before.version}</span></h1>
<p>${countText(all.orders, 'order', 'orders')} of ${countText(tally.customers, 'customer', 'customers')} worth ${worthText(all)}, ${dayText(from)} to ${dayText(to)}. From ${source}; payments are known until ${dayText(judging.knownUntil)}.
<br>Candidate: ${after.from}. Compared with: ${before.from}.</p></header>`;
}

function chapters(backtest: Backtest, currency: string): Markup {
  const { differences, tally, notes } = backtest;
  const isMixed = totalOf(tally.all).minor.size > 1;
  return markup`${verdictSection(backtest, currency)}
${policiesSection(backtest, currency)}
${reasonsSection(backtest, currency)}
${monthsSection(backtest)}
${owedSection(backtest, currency)}
${affectedCustomersSection(backtest, currency)}
${changedOrdersSection(backtest)}
${differences && differencesSection(differences)}
<section><h2>What this says, and what it cannot</h2><ul class="notes">
${isMixed && markup`<li>Charts and percentages by worth are of the orders in ${currency}; tables name every currency.</li>`}
${notes.map((note) => markup`<li>${note}</li>`)}</ul></section>`;
}

/** What the candidate says differently, for everybody and for whom a scope says otherwise. */
function differencesSection({ isSame, general, scopes }: ComparedPolicies): Markup {
  if (isSame) return markup`<section><h2>What the policies say differently</h2><p>Nothing.</p></section>`;
  const groups = [
    { name: 'For everybody', differences: general },
    ...scopes.map(({ when, differences }) => ({ name: `For ${whenText(when)}`, differences })),
  ].filter(({ differences }) => differences.length > 0);
  return markup`<section><h2>What the policies say differently</h2>
${groups.map(
  ({
    name,
    differences,
  }) => markup`<h3>${name}</h3><div class="scroll"><table><thead><tr><th>What</th><th class="text">Before → candidate</th><th class="text">Which is</th></tr></thead>
<tbody>${differences.map(differenceRow)}</tbody></table></div>`,
)}</section>`;
}

const differenceRow = (one: Difference): Markup =>
  markup`<tr><th>${placeText(one)}</th><td class="text">${changeText(one)}</td><td class="text">${one.effect}</td></tr>`;
