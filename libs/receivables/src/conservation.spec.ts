import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { applyReceivable } from './apply-receivable.ts';
import { accumulate, euroRates, nothingMoved } from './book.fixture.ts';
import { emptyBook, type Book } from './book/book.ts';
import { totalsOf } from './book/totals.ts';
import { convertUnconverted } from './convert-unconverted.ts';
import { anyEvents } from './events.fixture.ts';
import type { Rates } from './outcome.ts';

const withYen: Rates = {
  toAccountCurrency: (minor, currency) =>
    currency === 'JPY' ? (minor * 3n) / 5n : euroRates.toAccountCurrency(minor, currency),
};

/** Item by item: what is open and what was paid are the amount, and in the account's currency too. */
function expectItemsToBalance(book: Book): void {
  const paid = [...book.credits.values()].flatMap(({ allocations }) => allocations);
  for (const item of [...book.items.values()].flat()) {
    const own = paid.filter((it) => it.invoiceId === item.invoiceId && it.instalmentNo === item.instalmentNo);
    expect(own.reduce((sum, { amount }) => sum + amount, item.open)).toBe(item.amount);
    expect(item.open >= 0n && item.disputed <= item.open && item.invoiced >= 0n).toBe(true);
    if (item.bookedOpen === null) continue;
    expect(own.reduce((sum, { booked }) => sum + booked!, item.bookedOpen)).toBe(item.bookedAmount);
    if (item.open === 0n) expect(item.bookedOpen).toBe(0n);
  }
}

/** Credit by credit: what it paid and what is left are the amount, unless it was undone. */
function expectCreditsToBalance(book: Book): void {
  for (const credit of book.credits.values()) {
    const used = credit.allocations.reduce((sum, { creditAmount }) => sum + creditAmount, credit.unallocated);
    const isUndone = credit.state === 'bounced' || credit.state === 'reversed';
    expect(used).toBe(isUndone ? 0n : credit.amount);
    const earmarked = credit.earmarks.reduce((sum, { amount }) => sum + amount, 0n);
    expect(earmarked <= credit.unallocated).toBe(true);
    if (credit.unallocated === 0n) expect(credit.bookedUnallocated ?? 0n).toBe(0n);
  }
}

describe('whatever happens, in whatever order', () => {
  it('the movements sum to the book, and every item and credit balances', () => {
    fc.assert(
      fc.property(anyEvents, (events) => {
        const book = emptyBook('C-1');
        const sum = nothingMoved();
        for (const event of events) {
          const outcome = applyReceivable(book, event, euroRates);
          if (outcome.outcome === 'applied') accumulate(sum, outcome.movement);
          expect(totalsOf(book)).toEqual(sum);
        }
        expectItemsToBalance(book);
        expectCreditsToBalance(book);
        accumulate(sum, convertUnconverted(book, withYen));
        expect(totalsOf(book)).toEqual(sum);
        expectItemsToBalance(book);
        expectCreditsToBalance(book);
      }),
      { numRuns: 300 },
    );
  });

  it('an instrument leaves exposure as it was when it comes and when it bounces in hand', () => {
    fc.assert(
      fc.property(anyEvents, (events) => {
        const book = emptyBook('C-1');
        for (const event of events) {
          const before = [...book.credits.values()].filter(({ state }) => state === 'in-hand').length;
          const outcome = applyReceivable(book, event, euroRates);
          const inHandNow = [...book.credits.values()].filter(({ state }) => state === 'in-hand').length;
          const isInHand =
            event.type === 'InstrumentReceived.v1' || (event.type === 'InstrumentBounced.v1' && inHandNow < before);
          if (outcome.outcome !== 'applied' || !isInHand) continue;
          const { receivables, instrumentsInHand, unallocatedCredits } = outcome.movement;
          expect(receivables + instrumentsInHand - unallocatedCredits).toBe(0n);
        }
      }),
    );
  });

  it('an event that is ignored or refused changes nothing', () => {
    fc.assert(
      fc.property(anyEvents, (events) => {
        const book = emptyBook('C-1');
        for (const event of events) {
          const before = structuredClone(book);
          if (applyReceivable(book, event, euroRates).outcome !== 'applied') expect(book).toEqual(before);
        }
      }),
    );
  });
});
