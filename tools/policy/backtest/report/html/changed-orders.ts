import { amountInWords } from '../../../../replay/summary.ts';
import type { Backtest } from '../../backtest.ts';
import { isHeld, type ComparedOrder } from '../../compared-order.ts';
import { countText, paymentText } from '../words.ts';
import { dayText } from './figures.ts';
import { markup, type Markup } from './markup.ts';

const shown = 25;

/** The largest orders whose answer would change; all of them are in the JSON report. */
export function changedOrdersSection(backtest: Backtest): Markup | null {
  const { changed } = backtest.tally;
  if (changed.length === 0) return null;
  const held = changed.filter(({ after }) => isHeld(after));
  const approved = changed.filter(({ after }) => !isHeld(after));
  return markup`<section><h2>The largest orders with another answer</h2>
${held.length > 0 && table(backtest, held, 'Approved before, held by the candidate', ({ after }) => after)}
${approved.length > 0 && table(backtest, approved, 'Held before, approved by the candidate', ({ before }) => before)}</section>`;
}

function table(
  { judging }: Backtest,
  orders: readonly ComparedOrder[],
  title: string,
  reasonsOf: (order: ComparedOrder) => readonly string[],
): Markup {
  const largest = orders.toSorted((a, b) => (a.minor > b.minor ? -1 : a.minor < b.minor ? 1 : 0)).slice(0, shown);
  const rest = orders.length - largest.length;
  const of = paymentText(judging.lateDays);
  return markup`<h3>${title}: ${countText(orders.length, 'order', 'orders')}</h3>
<div class="scroll"><table><thead><tr><th>Order</th><th class="text">Customer</th><th class="text">Day</th><th>Worth</th><th class="text">Held for</th><th class="text">What became of it</th></tr></thead>
<tbody>${largest.map(
    (order) =>
      markup`<tr><th><code>${order.orderId}</code></th><td class="text"><code>${order.customerId}</code></td><td class="text nowrap">${dayText(order.day)}</td><td class="nowrap">${amountInWords(order.minor, order.currency)}</td><td class="text">${reasonsOf(order).map((code) => markup`<span class="tag">${code}</span> `)}</td><td class="text"><span class="dot ${order.payment.kind}"></span>${becameText(order, of)}</td></tr>`,
  )}</tbody></table></div>
${rest > 0 && markup`<p class="quiet">… and ${countText(rest, 'smaller one', 'smaller ones')}, in the JSON report.</p>`}`;
}

function becameText({ payment }: ComparedOrder, of: ReturnType<typeof paymentText>): string {
  if (payment.isUnpaid) return 'not paid';
  if (payment.daysLate === null || payment.kind === 'not-known') return of['not-known'];
  return payment.daysLate === 0 ? 'paid on time' : `paid ${countText(payment.daysLate, 'day', 'days')} late`;
}
