import { describe, expect, it } from '@jest/globals';
import type { BookRow, ItemRow, NotificationRow } from '../history/history.ts';
import { bookAgrees } from './book-agrees.ts';
import { cancelled, decision, held, placed } from './history.fixture.ts';
import { openItemsAgree } from './open-items-agree.ts';
import { toldOnce } from './told-once.ts';

describe('Book agrees', () => {
  const row: BookRow = {
    ...{ customer_id: 'C-1', order_id: 'O-1', order_version: 1, is_cancelled: false },
    ...{ decision_outcome: 'approved', decision_version: 1, decision_seq: 1n },
  };
  const found = (change: Partial<BookRow>, records = [placed()], decisions = [decision(1n)]) =>
    bookAgrees.violations({ records, decisions, book: [{ ...row, ...change }] });

  it('a book with the newest version and the effective decision agrees', () => {
    expect(found({})).toEqual([]);
  });

  it.each([
    { what: 'an older version', change: { order_version: 1 }, records: [placed(), placed(2)] },
    {
      what: 'no decision',
      change: { decision_outcome: null, decision_version: null, decision_seq: null },
      records: [placed()],
    },
    { what: 'an older decision of the same outcome', change: { decision_seq: 0n }, records: [placed()] },
    { what: 'no cancellation', change: {}, records: [placed(), cancelled()] },
  ])('a book with $what is found', ({ change, records }) => {
    expect(found(change, records)).toHaveLength(1);
  });

  it('an order that is not in the book at all is found', () => {
    expect(bookAgrees.violations({ records: [placed()], decisions: [], book: [] })).toEqual([
      'order C-1 O-1 is not in the book',
    ]);
  });
});

describe('Open items agree', () => {
  const item: ItemRow = { customer_id: 'C-1', invoice_id: 'I-1', instalment_no: 1, amount: 100n, open: 40n };

  it('the same open amounts agree', () => {
    expect(openItemsAgree.violations({ gateItems: [item], collectedItems: [{ ...item }] })).toEqual([]);
  });

  it.each([
    { what: 'a payment that one of them missed', collectedItems: [{ ...item, open: 100n }] },
    { what: 'an invoice that one of them missed', collectedItems: [] },
  ])('$what is found', ({ collectedItems }) => {
    expect(openItemsAgree.violations({ gateItems: [item], collectedItems })).toHaveLength(1);
  });
});

describe('Told once', () => {
  const sent: NotificationRow = {
    notification_id: 'n-1',
    decision_id: 'd-1',
    status: 'sent',
    attempts: 1,
    is_told: true,
  };
  const mail = (isMarked = false) => ({ notificationId: 'n-1', isMarked });
  const found = (notifications: NotificationRow[], mails: ReturnType<typeof mail>[]) =>
    toldOnce.violations({ decisions: [held(1n)], notifications, mails });

  it.each([
    { what: 'a mail that came once', mails: [mail()] },
    { what: 'a mail that came again and says so', mails: [mail(), mail(true)] },
    { what: 'a mail of which only the marked repeat came', mails: [mail(true)] },
  ])('nothing is wrong with $what', ({ mails }) => {
    expect(found([sent], mails)).toEqual([]);
  });

  it.each([
    { what: 'a hold that nobody was told of', notifications: [], mails: [] },
    { what: 'a mail that came again without a mark', notifications: [sent], mails: [mail(), mail()] },
    { what: 'a mail that came three times', notifications: [sent], mails: [mail(), mail(true), mail(true)] },
    {
      what: 'a notification that is pending for ever',
      notifications: [{ ...sent, status: 'pending' }],
      mails: [mail()],
    },
    { what: 'a notification that counts as sent without a mail', notifications: [sent], mails: [] },
  ])('$what is found', ({ notifications, mails }) => {
    expect(found(notifications, mails)).toHaveLength(1);
  });

  it.each([
    { reasons: 'credit-limit-exceeded hold-expired', problems: 1, because: 'nobody has heard of a hold that expired' },
    { reasons: 'credit-limit-exceeded', problems: 0, because: 'who has declined it knows' },
  ])('an order declined for $reasons makes $problems problems, since $because', ({ reasons, problems }) => {
    const decisions = [decision(2n, { outcome: 'declined', ceiling: null, reasons })];
    expect(toldOnce.violations({ decisions, notifications: [], mails: [] })).toHaveLength(problems);
  });
});
