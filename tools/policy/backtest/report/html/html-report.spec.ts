import { describe, expect, it } from '@jest/globals';
import { readPolicy } from '../../../../../services/customer-credit/src/policy-file.ts';
import { comparePolicies } from '../../../compare/compare-policies.ts';
import type { Backtest } from '../../backtest.ts';
import type { ComparedOrder } from '../../compared-order.ts';
import type { PaymentKind } from '../../payment-outcome.ts';
import { Tally } from '../../tally.ts';
import { dayText, scaleTo } from './figures.ts';
import { htmlReport } from './html-report.ts';
import { markup } from './markup.ts';

const order = (
  orderId: string,
  before: string,
  after: string,
  kind: PaymentKind,
  fields: Partial<ComparedOrder> = {},
) => ({
  ...{ customerId: 'C-1', orderId, day: '2026-03-02', minor: 10_000n, currency: 'EUR' },
  before: before === '' ? [] : [before],
  after: after === '' ? [] : [after],
  payment: { kind, daysLate: kind === 'too-late' ? 40 : 0, isUnpaid: false },
  ...fields,
});

function reported(orders: ComparedOrder[], fields: Partial<Backtest> = {}): string {
  const tally = new Tally();
  orders.forEach((one) => tally.add(one));
  return htmlReport({
    before: { version: 'old.1', from: 'in force at the time' },
    after: { version: 'new.1', from: 'new.yaml' },
    ...{ source: 'a spec', from: '2026-01-01', to: '2026-03-31', judging: { knownUntil: '2026-06-30', lateDays: 30 } },
    ...{ tally, differences: null, owed: [], notes: ['A note.'] },
    ...fields,
  });
}
/** What is read: without style, tags and line breaks. */
const textOf = (html: string): string =>
  html
    .replace(/<style>.*<\/style>/s, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');

const changes = [
  order('A', '', 'order-value', 'too-late', { minor: 30_000n }),
  order('B', '', 'order-value', 'on-time'),
  order('C', 'dunning-level', '', 'on-time'),
  order('D', '', '', 'late'),
];

describe('The report of a back-test as a page', () => {
  it('says first what would change, in money, and whether it would have been right', () => {
    const text = textOf(reported(changes));
    expect(text).toContain('hold 2 more orders worth 400.00 EUR');
    expect(text).toContain('1 was paid 30+ days late or never (300.00 EUR of trouble avoided)');
    expect(text).toContain('1 was paid on time (100.00 EUR of good business stopped)');
    expect(text).toContain('let through 1 order worth 100.00 EUR');
    // 300 and 100 right, 100 wrong.
    expect(text).toContain('80 % right, by worth, of the changes that can be judged (3 orders)');
  });

  it('shows both policies on all orders, and every reason', () => {
    const text = textOf(reported(changes));
    expect(text).toContain('Wrongly held 100 → 100 EUR as before');
    expect(text).toContain('Wrongly approved 300 → 0 EUR ▼ 300 EUR less');
    expect(text).toMatch(/order-value – 2 400\.00 EUR 2 400\.00 EUR/);
  });

  it('needs nothing from anywhere and runs nothing', () => {
    const html = reported(changes);
    expect(html).not.toMatch(/<script|<link|<img|<iframe|@import|url\((?!#)|https?:/i);
    expect(html).toMatch(/prefers-color-scheme: dark/);
    expect(html).toMatch(/@media print/);
  });

  it('takes names of customers and policies as text', () => {
    const html = reported([order('<b>&"', '', 'custom:<i>', 'late')], { after: { version: '<script>', from: "'" } });
    expect(html).toContain('&lt;script&gt;');
    expect(html).toContain('&lt;b&gt;&amp;&quot;');
    expect(html).not.toMatch(/<script>|<b>&|<i>/);
  });

  it('keeps currencies apart, and says which one its charts show', () => {
    const text = textOf(
      reported([...changes, order('E', '', 'order-value', 'on-time', { currency: 'USD', minor: 500n })]),
    );
    expect(text).toContain('worth 400.00 EUR + 5.00 USD');
    expect(text).toContain('Charts and percentages by worth are of the orders in EUR');
  });

  it('says so when nothing would change, or nothing was decided', () => {
    expect(textOf(reported([order('A', 'x', 'x', 'late')]))).toContain(
      'both policies give every order the same answer',
    );
    expect(textOf(reported([]))).toContain('No order was decided in these days.');
  });

  it('draws owed amounts only where each policy ran its own course', () => {
    const sums = { before: new Map([['EUR', 100n]]), after: new Map([['EUR', 50n]]) };
    const owed = [
      { day: '2026-01-01', ...sums },
      { day: '2026-01-02', ...sums },
    ];
    expect(reported(changes)).not.toContain('What customers owe');
    expect(reported(changes, { owed })).toContain('What customers owe');
  });

  it('names what the policies say differently', () => {
    const [old, next] = ['500', '400'].map((max) =>
      readPolicy(`version: v\nrules: { order-value: { max: "${max}" } }`, 'p'),
    );
    const text = textOf(reported(changes, { differences: comparePolicies(old!, next!) }));
    expect(text).toContain('order-value max 500 → 400 stricter');
  });
});

describe('A scale', () => {
  it.each([
    { value: 0, max: 1, ticks: 1 },
    { value: 4, max: 4, ticks: 5 },
    { value: 6_760, max: 8_000, ticks: 5 },
    { value: 17.2, max: 20, ticks: 5 },
    { value: 101, max: 150, ticks: 4 },
  ])('to $value ends at $max', ({ value, max, ticks }) => {
    const scale = scaleTo(value);
    expect([scale.max, scale.ticks.length, scale.ticks.at(-1)]).toEqual([max, ticks, value === 0 ? 0 : max]);
  });
});

it('A day and a month are written as people do', () =>
  expect([dayText('2012-01-03'), dayText('2012-11')]).toEqual(['3 Jan 2012', 'Nov 2012']));

it('Markup escapes what is put into it and leaves out what is not there', () =>
  expect(markup`<p title="${'"'}">${'<'}${markup`<b>${1}</b>`}${[null, false, 'x']}</p>`.text).toBe(
    '<p title="&quot;">&lt;<b>1</b>x</p>',
  ));
