import type { Backtest } from '../../backtest.ts';
import { minus, totalOf, type Sum } from '../../tally.ts';
import { countText, paymentText, percentText } from '../words.ts';
import { roundUnits, roundWorth, unitsOf } from './figures.ts';
import { markup, type Markup } from './markup.ts';

interface Compared {
  name: string;
  meaning: string;
  was: Sum;
  is: Sum;
  better: 'less' | 'more';
}

/** What both policies get right and wrong on all orders, in money. */
export function tiles({ tally, judging }: Backtest, currency: string): Markup {
  const { before, after } = tally;
  const of = paymentText(judging.lateDays);
  const compared: Compared[] = [
    {
      ...{ name: 'Wrongly held', meaning: `held, ${of['on-time']}`, better: 'less' },
      ...{ was: before.held['on-time'], is: after.held['on-time'] },
    },
    {
      ...{ name: 'Wrongly approved', meaning: `approved, ${of['too-late']}`, better: 'less' },
      ...{ was: before.approved['too-late'], is: after.approved['too-late'] },
    },
    {
      ...{ name: 'Rightly held', meaning: `held, ${of['too-late']}`, better: 'more' },
      ...{ was: before.held['too-late'], is: after.held['too-late'] },
    },
  ];
  return markup`<div class="tiles">${compared.map((one) => tile(one, currency))}${heldTile({ tally }, currency)}</div>`;
}

function tile({ name, meaning, was, is, better }: Compared, currency: string): Markup {
  return markup`<div class="tile"><h3>${name}</h3>
<p class="figure"><span>${roundUnits(was, currency)} →</span> ${roundWorth(is, currency)}</p><p>${change(was, is, currency, better)}</p>
<p><small>${meaning}: ${was.orders} → ${countText(is.orders, 'order', 'orders')}</small></p></div>`;
}

function change(was: Sum, is: Sum, currency: string, better: Compared['better']): Markup {
  const difference = minus(is, was);
  const units = unitsOf(difference, currency);
  if (units === 0) return markup`<b class="quiet">as before</b>`;
  const [arrow, direction, size] =
    units > 0 ? (['▲', 'more', difference] as const) : (['▼', 'less', minus(was, is)] as const);
  return markup`<b class="${direction === better ? 'right' : 'wrong'}">${arrow} ${roundWorth(size, currency)} ${direction}</b>`;
}

function heldTile({ tally }: Pick<Backtest, 'tally'>, currency: string): Markup {
  const [all, was, is] = [totalOf(tally.all), totalOf(tally.before.held), totalOf(tally.after.held)];
  const byWorth = (held: Sum): string => percentText(unitsOf(held, currency), unitsOf(all, currency));
  return markup`<div class="tile"><h3>Held in all</h3>
<p class="figure"><span>${percentText(was.orders, all.orders)} →</span> ${percentText(is.orders, all.orders)}</p>
<p>of orders</p><p><small>by worth ${byWorth(was)} → ${byWorth(is)}</small></p></div>`;
}
