import type { Backtest } from '../../backtest.ts';
import { totalOf, together, type Sum } from '../../tally.ts';
import { countText, paymentText, percentText, worthText } from '../words.ts';
import { balanceChart, type BalanceRow } from './charts.ts';
import { judgedApprovals, judgedHolds, roundWorth, unitsOf, type Judged } from './figures.ts';
import { markup, type Markup } from './markup.ts';

/** What a credit manager reads first: what the candidate would change, in money, and whether that would have been right. */
export function verdictSection(backtest: Backtest, currency: string): Markup {
  const { tally } = backtest;
  const [held, approved] = [judgedHolds(tally.newlyHeld), judgedApprovals(tally.newlyApproved)];
  if (held.all.orders + approved.all.orders === 0)
    return markup`<section class="whole"><h2>What it would change</h2><p>Nothing: both policies give every order the same answer.</p></section>`;
  const [right, wrong] = [together(held.right, approved.right), together(held.wrong, approved.wrong)];
  return markup`<section class="whole"><h2>What it would change, and would it have been right?</h2>
<div class="verdict"><div>
${held.all.orders > 0 && heldSentence(backtest, held)}
${approved.all.orders > 0 && approvedSentence(backtest, approved)}
${chanceSentence(backtest, held, currency)}
</div>${score(right, wrong, currency)}</div>
${balanceChart(rowsOf(backtest, held, approved, currency), 'What the candidate would change, by what it is worth: wrong to the left, right to the right')}
<p class="quiet">${neitherSentence(backtest, together(held.neither, approved.neither))}</p></section>`;
}

function heldSentence({ judging, tally }: Backtest, { all, right, wrong }: Judged): Markup {
  const of = paymentText(judging.lateDays);
  const before = totalOf(tally.before.held).orders;
  return markup`<p>It would <b>hold ${countText(all.orders, before > 0 ? 'more order' : 'order', before > 0 ? 'more orders' : 'orders')}</b> worth ${worthText(all)}:
<b class="right">${countText(right.orders, 'was', 'were')} paid ${of['too-late']}</b> (${worthText(right)} of trouble avoided),
<b class="wrong">${countText(wrong.orders, 'was', 'were')} paid on time</b> (${worthText(wrong)} of good business stopped).</p>`;
}

function approvedSentence({ judging }: Backtest, { all, right, wrong }: Judged): Markup {
  const of = paymentText(judging.lateDays);
  return markup`<p>It would <b>let through ${countText(all.orders, 'order', 'orders')}</b> worth ${worthText(all)} that were held:
<b class="right">${countText(right.orders, 'was', 'were')} paid on time</b> (${worthText(right)}),
<b class="wrong">${countText(wrong.orders, 'was', 'were')} paid ${of['too-late']}</b> (${worthText(wrong)}).</p>`;
}

/** Held at random, the orders would have come too late as often as all do. */
function chanceSentence({ judging, tally }: Backtest, { all, right }: Judged, currency: string): Markup | null {
  if (all.orders === 0) return null;
  const every = totalOf(tally.before.approved);
  const usual = tally.before.approved['too-late'];
  return markup`<p class="quiet">Of what it would newly hold ${share(right, all, currency)} by worth was paid ${judging.lateDays}+ days late or never; of all that was
approved before it was ${share(usual, every, currency)}. A rule that only guessed would stop good and bad alike.</p>`;
}

const share = (part: Sum, whole: Sum, currency: string): string =>
  percentText(unitsOf(part, currency), unitsOf(whole, currency));

function score(right: Sum, wrong: Sum, currency: string): Markup | null {
  const [good, bad] = [unitsOf(right, currency), unitsOf(wrong, currency)];
  if (good + bad === 0) return null;
  const percent = Math.round((100 * good) / (good + bad));
  return markup`<div class="score"><b class="${percent >= 50 ? 'right' : 'wrong'}">${percent} %</b>
<span>right, by worth, of the changes that can be judged (${right.orders + wrong.orders} orders)</span></div>`;
}

function rowsOf({ judging }: Backtest, held: Judged, approved: Judged, currency: string): BalanceRow[] {
  const late = `${judging.lateDays}+ days late or never`;
  const side = (sum: Sum, meaning: string) => ({
    value: unitsOf(sum, currency),
    label: `${roundWorth(sum, currency)} · ${sum.orders}`,
    meaning,
  });
  const rows = [
    {
      title: `Newly held: ${countText(held.all.orders, 'order', 'orders')}, ${roundWorth(held.all, currency)}`,
      wrong: side(held.wrong, 'was paid on time: good business stopped'),
      right: side(held.right, `${late}: trouble avoided`),
      orders: held.all.orders,
    },
    {
      title: `Newly approved: ${countText(approved.all.orders, 'order', 'orders')}, ${roundWorth(approved.all, currency)}`,
      wrong: side(approved.wrong, `${late}: trouble let in`),
      right: side(approved.right, 'was paid on time: good business freed'),
      orders: approved.all.orders,
    },
  ];
  return rows.filter(({ orders }) => orders > 0);
}

function neitherSentence({ judging, tally }: Backtest, neither: Sum): string {
  if (neither.orders === 0) return 'Every order whose answer would change can be judged.';
  const unknown = tally.newlyHeld['not-known'].orders + tally.newlyApproved['not-known'].orders;
  const late = neither.orders - unknown;
  const parts = [
    late > 0 && `${countText(late, 'order', 'orders')} paid ${paymentText(judging.lateDays).late}`,
    unknown > 0 && `${countText(unknown, 'order', 'orders')} of which it is not known`,
  ].filter((part) => part !== false);
  return `Neither right nor wrong: ${parts.join(' and ')}, worth ${worthText(neither)}.`;
}
