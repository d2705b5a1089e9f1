import { describe, expect, it } from '@jest/globals';
import { readPolicy } from '../../../../services/customer-credit/src/policy-file.ts';
import { selectParameters } from '../../../../services/customer-credit/src/domain/policy/select-parameters.ts';
import { CustomerThen } from './customer-then.ts';
import { areItemsKnown, itemsAnew } from './open-items-anew.ts';
import type { StoredItem } from './receivables-then.ts';

const asking = (rules: string) => {
  const policy = readPolicy(`version: v1\nrules: { ${rules} }`, 'spec.yaml');
  const subject = { currency: 'EUR', customerId: 'C-1', segment: null, riskClass: null, groups: [] };
  return { policy, parameters: selectParameters(policy, subject) };
};
const overdue = (days: number) => asking(`overdue-items: { days: ${days}, amountMin: "0" }`);
const oldest = (days: number) => asking(`oldest-open-item: { days: ${days} }`);
const nothing = { overdue: 0n, open: 0n, oldestOverdueDays: 0 };
const recorded = { overdue: 500n, open: 900n, oldestOverdueDays: 12 };

describe('What was recorded of open items', () => {
  it.each([
    { record: nothing, taken: overdue(5), other: overdue(5), known: true, because: 'the same is asked' },
    { record: nothing, taken: overdue(5), other: overdue(6), known: true, because: 'nothing was older than 5 days' },
    {
      record: nothing,
      taken: overdue(5),
      other: overdue(4),
      known: false,
      because: 'something may have been 5 days old',
    },
    { record: nothing, taken: asking(''), other: oldest(30), known: false, because: 'nobody had looked' },
    { record: nothing, taken: asking(''), other: asking(''), known: true, because: 'nobody asks' },
    { record: recorded, taken: overdue(5), other: overdue(5), known: true, because: 'the sum is of the same days' },
    { record: recorded, taken: overdue(5), other: overdue(6), known: false, because: 'the sum is of other days' },
    { record: recorded, taken: overdue(5), other: overdue(12), known: true, because: 'nothing was older than 12 days' },
    { record: recorded, taken: overdue(5), other: oldest(3), known: true, because: 'the oldest item is recorded' },
    { record: recorded, taken: oldest(5), other: overdue(3), known: false, because: 'nothing was summed up' },
  ])('is enough: $known, since $because', ({ record, taken, other, known }) =>
    expect(areItemsKnown(record, other, taken)).toBe(known),
  );
});

describe('Open items that are worked out anew', () => {
  const stored = (dueOn: string, booked: bigint, wasDisputed = false): StoredItem => ({
    ...{ orderId: null, booked, open: booked, wasDisputed, issuedOn: '2026-01-01', dueOn, settlements: [] },
  });
  const customer = (...items: StoredItem[]) => new CustomerThen({ items, paid: [], orders: null, linked: [] });
  const day = '2026-03-31';
  const both = [stored('2026-03-19', 500n), stored('2026-03-27', 300n)];

  it('are summed up by the other policy’s days', () =>
    expect(itemsAnew({ ...recorded, open: 800n }, customer(...both), day, overdue(3), overdue(5))).toEqual({
      possible: [{ overdue: 800n, open: 800n, oldestOverdueDays: 12 }],
      fitsRecord: true,
    }));

  it('say that they do not fit what was recorded', () =>
    expect(itemsAnew({ ...recorded, overdue: 499n }, customer(...both), day, overdue(3), overdue(5)).fitsRecord).toBe(
      false,
    ));

  it('were disputed if only that fits the record', () => {
    const disputed = customer(...both, stored('2026-03-15', 100n, true));
    const { possible, fitsRecord } = itemsAnew(recorded, disputed, day, overdue(3), overdue(5));
    expect([possible, fitsRecord]).toEqual([[{ overdue: 800n, open: 900n, oldestOverdueDays: 12 }], true]);
  });

  it('were not disputed if only that fits', () => {
    const disputed = customer(...both, stored('2026-03-15', 100n, true));
    const record = { overdue: 600n, open: 900n, oldestOverdueDays: 16 };
    expect(itemsAnew(record, disputed, day, overdue(3), overdue(5)).possible).toEqual([
      { overdue: 900n, open: 900n, oldestOverdueDays: 16 },
    ]);
  });

  it('are one of two where the record says nothing', () => {
    const disputed = customer(stored('2026-03-15', 100n, true));
    expect(itemsAnew(nothing, disputed, day, overdue(3), asking(''))).toEqual({
      possible: [
        { overdue: 0n, open: 100n, oldestOverdueDays: 0 },
        { overdue: 100n, open: 100n, oldestOverdueDays: 16 },
      ],
      fitsRecord: null,
    });
  });
});
