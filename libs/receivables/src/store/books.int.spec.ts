import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LaneConnection, migrate, type CopyMessage } from '@ordergate/database';
import { isolated } from '@ordergate/testing';
import fc from 'fast-check';
import { applyReceivable } from '../apply-receivable.ts';
import { bookAfter, euroRates, forInvoice, given, inCurrency } from '../book.fixture.ts';
import { emptyBook, type Book } from '../book/book.ts';
import { byReceivedDay, type Allocation } from '../book/credit.ts';
import { byDueDay, compareText } from '../book/open-item.ts';
import { totalsOf } from '../book/totals.ts';
import { convertUnconverted } from '../convert-unconverted.ts';
import { anyEvents } from '../events.fixture.ts';
import type { Rates } from '../outcome.ts';
import type { ReceivableEvent } from '../receivable-event.ts';
import { loadBooks } from './load-books.ts';
import { ReceivablesTables1790000000001 } from './receivables-tables.ts';
import { saveBooks } from './save-books.ts';

let sql: LaneConnection;

beforeAll(async () => {
  const { databaseUrl } = await isolated('receivables');
  await migrate(databaseUrl, [ReceivablesTables1790000000001]);
  sql = new LaneConnection(databaseUrl, 'receivables spec');
  await sql.connect();
}, 60_000);

afterAll(() => sql.close());

// C-1 is the customer of the ready-made events.
let customers = 1;
/** The same events for a customer that no other test has. */
function forNewCustomer(events: readonly ReceivableEvent[]): { customerId: string; events: ReceivableEvent[] } {
  const customerId = `C-${(customers += 1)}`;
  return { customerId, events: events.map((event) => ({ ...event, customerId })) };
}

async function save(book: Book): Promise<void> {
  await sql.transaction((tx) => saveBooks(tx, new Map([[book.customerId, book]])));
}

const loadWhole = async (customerId: string, events: readonly ReceivableEvent[]): Promise<Book> =>
  (await loadBooks(sql, [customerId], events)).get(customerId)!;

const byItem = (left: Allocation, right: Allocation): number =>
  compareText(left.invoiceId, right.invoiceId) || left.instalmentNo - right.instalmentNo;

const contentOf = ({ items, credits, disputes }: Book) => ({
  items: [...items.values()].flat().sort(byDueDay),
  credits: [...credits.values()]
    .sort(byReceivedDay)
    .map((credit) => ({ ...credit, allocations: credit.allocations.toSorted(byItem) })),
  disputes: [...disputes.values()].sort((left, right) => compareText(left.disputeId, right.disputeId)),
});

describe('a book that is saved and loaded', () => {
  const story = [
    given.invoice('I', '100', { orderId: 'O', instalments: [{ dueOn: '2026-12-01', amount: inCurrency('100') }] }),
    given.invoice('Y', '', { total: inCurrency('9', 'JPY') }),
    given.cheque('Q', '40', { allocations: [forInvoice('I', '30')] }),
    given.payment('P', '20', { allocations: [forInvoice('LATER', '15')] }),
    given.dispute('D', 'I', '12.34'),
  ];

  it('is the same book', async () => {
    const book = bookAfter(...story);
    await save(book);
    expect(contentOf(await loadWhole('C-1', story))).toEqual(contentOf(bookAfter(...story)));
    expect(book.changes.items.size).toBe(0);
  });

  it('holds what is open and unallocated also when no document is named, and nothing that is done', async () => {
    const done = [
      given.invoice('PAID', '5'),
      given.payment('P', '5'),
      given.invoice('OPEN', '7'),
      given.creditNote('N', '3'),
    ];
    const { customerId, events } = forNewCustomer(done);
    const book = emptyBook(customerId);
    events.forEach((event) => applyReceivable(book, event, euroRates));
    await save(book);
    const loaded = await loadWhole(customerId, []);
    expect([...loaded.items.keys()]).toEqual(['OPEN']);
    expect([...loaded.credits.keys()]).toEqual(['credit-note N']);
    expect((await loadWhole('C-NEW', [])).items.size).toBe(0);
  });

  it('keeps customers with the same document ids apart', async () => {
    const [one, other] = [forNewCustomer([given.invoice('I', '1')]), forNewCustomer([given.invoice('I', '2')])];
    for (const { customerId, events } of [one, other]) {
      const book = emptyBook(customerId);
      applyReceivable(book, events[0]!, euroRates);
      await save(book);
    }
    const books = await loadBooks(sql, [one.customerId, other.customerId], one.events);
    expect(books.get(one.customerId)!.items.get('I')![0]!.open).toBe(100n);
    expect(books.get(other.customerId)!.items.get('I')![0]!.open).toBe(200n);
  });

  it('takes a thousand customers in at most nine statements', async () => {
    const many = Array.from({ length: 1_000 }, () =>
      forNewCustomer([given.invoice('I', '10'), given.payment('P', '4')]),
    );
    let statements = 0;
    const counting = {
      query: <Row>(text: string, values?: readonly unknown[]) => ((statements += 1), sql.query<Row>(text, values)),
      copy: (text: string, message: CopyMessage) => ((statements += 1), sql.copy(text, message)),
    };
    const books = await loadBooks(
      counting,
      many.map(({ customerId }) => customerId),
      many.flatMap(({ events }) => events),
    );
    for (const { customerId, events } of many)
      events.forEach((event) => applyReceivable(books.get(customerId)!, event, euroRates));
    await saveBooks(counting, books);
    expect(statements).toBeLessThanOrEqual(9);
    const last = many.at(-1)!.customerId;
    expect((await loadWhole(last, [])).items.get('I')![0]!.open).toBe(600n);
  });
});

describe('a batch and one by one', () => {
  const withYen: Rates = {
    toAccountCurrency: (minor, currency) => (currency === 'JPY' ? minor : euroRates.toAccountCurrency(minor, currency)),
  };

  it('give the same outcomes and the same books', async () => {
    await fc.assert(
      fc.asyncProperty(anyEvents, async (anyEventsOfOne) => {
        const [batch, single] = [forNewCustomer(anyEventsOfOne), forNewCustomer(anyEventsOfOne)];
        const book = await loadWhole(batch.customerId, batch.events);
        const outcomes = batch.events.map((event) => applyReceivable(book, event, euroRates));
        await save(book);
        for (const [at, event] of single.events.entries()) {
          const loaded = await loadWhole(single.customerId, [event]);
          expect(applyReceivable(loaded, event, euroRates)).toEqual(outcomes[at]);
          await save(loaded);
        }
        await expectSameBooks(batch, single);
        const converted = [];
        for (const { customerId } of [batch, single]) {
          const loaded = await loadWhole(customerId, []);
          converted.push(convertUnconverted(loaded, withYen));
          await save(loaded);
        }
        expect(converted[0]).toEqual(converted[1]);
        await expectSameBooks(batch, single);
      }),
      { numRuns: 150 },
    );
  }, 120_000);

  type Told = { customerId: string; events: ReceivableEvent[] };
  async function expectSameBooks(batch: Told, single: Told): Promise<void> {
    const [one, other] = [
      await loadWhole(batch.customerId, batch.events),
      await loadWhole(single.customerId, single.events),
    ];
    expect(contentOf(one)).toEqual(contentOf(other));
    expect(totalsOf(one)).toEqual(totalsOf(other));
  }
});
