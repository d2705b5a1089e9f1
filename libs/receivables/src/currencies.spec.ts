import { describe, expect, it } from '@jest/globals';
import { convert } from '@ordergate/money';
import { applyReceivable } from './apply-receivable.ts';
import {
  bookAfter,
  euroRates,
  forInvoice,
  given,
  inCurrency,
  moved,
  nothingMoved,
  openByItem,
} from './book.fixture.ts';
import { totalsOf } from './book/totals.ts';
import { convertUnconverted, unconverted } from './convert-unconverted.ts';
import type { Rates } from './outcome.ts';

const usd = (amount: string) => ({ total: inCurrency(amount, 'USD') });
const yen = (amount: string) => ({ total: inCurrency(amount, 'JPY') });
const withYen: Rates = {
  toAccountCurrency: (minor, currency) =>
    currency === 'JPY' ? convert(minor, 'JPY', 'EUR', '0.006') : euroRates.toAccountCurrency(minor, currency),
};

describe('an item in another currency', () => {
  it('keeps the rate at which it was booked and ends at exactly nothing', () => {
    const book = bookAfter(given.invoice('I', '', usd('0.05'))); // 4.5 cents → 4
    const outcomes = ['0.01', '0.01', '0.03'].map((part, at) =>
      applyReceivable(book, given.payment(`P${at}`, '', usd(part)), euroRates),
    );
    expect(outcomes.map(moved)).toEqual([{ receivables: -1n }, { receivables: -1n }, { receivables: -2n }]);
    expect(totalsOf(book)).toEqual(nothingMoved());
  });

  it.each([
    { paid: '90', open: 0n, rest: 0n, because: '90 EUR are worth 100 USD' },
    { paid: '45', open: 5000n, rest: 0n, because: '45 EUR are worth 50 USD' },
    { paid: '100', open: 0n, rest: 1000n, because: '10 EUR are left' },
  ])('is paid by $paid EUR that name it: $open open, $rest left, since $because', ({ paid, open, rest }) => {
    const book = bookAfter(
      given.invoice('I', '', usd('100')),
      given.payment('P', paid, { allocations: [forInvoice('I', paid)] }),
    );
    expect(openByItem(book)).toEqual({ 'I/1': open });
    expect(book.credits.get('payment P')!.unallocated).toBe(rest);
  });

  it('is not paid by money of another currency that does not name it', () => {
    expect(openByItem(bookAfter(given.invoice('I', '', usd('100')), given.payment('P', '90')))).toEqual({
      'I/1': 10000n,
    });
  });

  it('is not compared by a reader without rates', () => {
    const book = bookAfter(given.invoice('I', '', usd('100')));
    const itself: Rates = { toAccountCurrency: (minor) => minor, comparesCurrencies: false };
    applyReceivable(book, given.payment('P', '90', { allocations: [forInvoice('I', '90')] }), itself);
    expect(openByItem(book)).toEqual({ 'I/1': 10000n });
    expect(book.credits.get('payment P')!.earmarks).toEqual([{ invoiceId: 'I', amount: 9000n }]);
  });
});

describe('what has no rate', () => {
  it('moves nothing and is listed', () => {
    const book = bookAfter(
      given.invoice('I', '', { ...yen('1000'), orderId: 'O' }),
      given.cheque('Q', '', yen('1500')),
    );
    expect(totalsOf(book)).toEqual(nothingMoved());
    expect(unconverted(book).items.map(({ invoiceId }) => invoiceId)).toEqual(['I']);
    expect(unconverted(book).credits.map(({ creditId }) => creditId)).toEqual(['Q']);
  });

  it('moves when the rate comes, paid parts and instruments in hand included', () => {
    const book = bookAfter(
      given.invoice('I', '', { ...yen('1000'), orderId: 'O' }),
      given.payment('P', '', yen('300')),
      given.cheque('Q', '', yen('900')),
    );
    const movement = convertUnconverted(book, withYen);
    expect(movement).toEqual({
      receivables: 0n,
      instrumentsInHand: 540n,
      unallocatedCredits: 120n,
      invoicedByOrder: new Map([['O', 600n]]),
    });
    expect(totalsOf(book)).toEqual(movement);
    expect(unconverted(book)).toEqual({ items: [], credits: [] });
    expect(moved(applyReceivable(book, given.bounced('Q'), withYen))).toEqual({
      receivables: 420n,
      instrumentsInHand: -540n,
      unallocatedCredits: -120n,
    });
  });

  it('is paid when it can be compared at last', () => {
    const book = bookAfter(
      given.invoice('I', '', yen('1000')),
      given.payment('P', '6', { allocations: [forInvoice('I', '6')] }),
    );
    expect(openByItem(book)).toEqual({ 'I/1': 1000n });
    convertUnconverted(book, withYen);
    expect(openByItem(book)).toEqual({ 'I/1': 0n });
    expect(totalsOf(book)).toEqual(nothingMoved());
  });

  it('stays as it is without a rate', () => {
    const book = bookAfter(given.invoice('I', '', yen('1000')));
    expect(convertUnconverted(book, euroRates)).toEqual(nothingMoved());
    expect(unconverted(book).items).toHaveLength(1);
  });
});
