import type { Backtest } from '../../backtest.ts';
import { isHeld, type ComparedOrder } from '../../compared-order.ts';
import { together, type Sum } from '../../tally.ts';
import { countText, ordersText, paymentText, worthText } from '../words.ts';
import { unitsOf } from './figures.ts';
import { markup, type Markup } from './markup.ts';

const shown = 10;

const sumOf = (orders: readonly ComparedOrder[]): Sum =>
  together(...orders.map(({ minor, currency }) => ({ orders: 1, minor: new Map([[currency, minor]]) })));

/** The customers with most to gain or lose: whose orders would get another answer, and how they paid those. */
export function affectedCustomersSection({ tally, judging }: Backtest, currency: string): Markup | null {
  const byCustomer = [...Map.groupBy(tally.changed, ({ customerId }) => customerId)].map(([customerId, orders]) => ({
    customerId,
    orders,
    all: sumOf(orders),
  }));
  if (byCustomer.length === 0) return null;
  const most = byCustomer.sort((a, b) => unitsOf(b.all, currency) - unitsOf(a.all, currency)).slice(0, shown);
  const of = paymentText(judging.lateDays);
  const kinds = ['on-time', 'late', 'too-late'] as const;
  return markup`<section><h2>Whose orders would be answered differently</h2>
<p class="quiet">${countText(byCustomer.length, 'customer', 'customers')} of ${tally.customers}${byCustomer.length > shown && `; the ${shown} with most of it`}, and how they paid these orders.</p>
<div class="scroll"><table><thead><tr><th>Customer</th><th>Newly held</th><th>Newly approved</th>${kinds.map((kind) => markup`<th>${of[kind]}</th>`)}</tr></thead>
<tbody>${most.map(({ customerId, orders }) => {
    const cells = [
      orders.filter(({ after }) => isHeld(after)),
      orders.filter(({ after }) => !isHeld(after)),
      ...kinds.map((kind) => orders.filter(({ payment }) => payment.kind === kind)),
    ].map(sumOf);
    return markup`<tr><th><code>${customerId}</code></th>${cells.map(sumCell)}</tr>`;
  })}</tbody></table></div></section>`;
}

/** How many orders, and under it what they are worth. */
export const sumCell = (sum: Sum): Markup =>
  sum.orders === 0
    ? markup`<td class="quiet">–</td>`
    : markup`<td>${ordersText(sum)}<small>${worthText(sum)}</small></td>`;
