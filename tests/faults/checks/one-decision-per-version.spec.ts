import { describe, expect, it } from '@jest/globals';
import { cancelled, decision, held, placed } from './history.fixture.ts';
import { oneDecisionPerVersion } from './one-decision-per-version.ts';

const stands = (status: string) => [{ customer_id: 'C-1', order_id: 'O-1', status }];
const found = (records: ReturnType<typeof placed>[], decisions: ReturnType<typeof decision>[], status: string) =>
  oneDecisionPerVersion.violations({ records, decisions, gateOrders: stands(status) });

describe('One decision per version', () => {
  it.each([
    { what: 'an order that is approved', records: [placed()], decisions: [decision(1n)], status: 'approved' },
    {
      what: 'an order that is held and later released',
      ...{ records: [placed()], decisions: [held(1n), decision(2n, { outcome: 'released' })], status: 'released' },
    },
    {
      what: 'an order that is held for one reason and later for another',
      ...{ records: [placed()], decisions: [held(1n), held(2n, { reasons: 'account-blocked' })], status: 'held' },
    },
    {
      what: 'an amended order, each version decided once',
      ...{ records: [placed(), placed(2)], decisions: [decision(1n), held(2n, { order_version: 2 })], status: 'held' },
    },
    {
      what: 'a message that its sender repeats',
      records: [placed(), placed()],
      decisions: [decision(1n)],
      status: 'approved',
    },
    { what: 'a version after the cancellation', records: [cancelled(), placed()], decisions: [], status: 'cancelled' },
    {
      what: 'an older version that comes late',
      ...{ records: [placed(2), placed(1)], decisions: [decision(1n, { order_version: 2 })], status: 'approved' },
    },
  ])('nothing is wrong with $what', ({ records, decisions, status }) => {
    expect(found(records, decisions, status)).toEqual([]);
  });

  it('an order without a decision is lost', () => {
    expect(oneDecisionPerVersion.violations({ records: [placed()], decisions: [], gateOrders: [] })).toEqual([
      'order C-1 O-1 version 1 was published and never decided',
    ]);
  });

  it('a second version without a decision is lost, whatever the first one got', () => {
    expect(found([placed(), placed(2)], [decision(1n)], 'approved')).toEqual([
      'order C-1 O-1 version 2 was published and never decided',
    ]);
  });

  it.each([
    { what: 'approved twice', decisions: [decision(1n), decision(2n)], status: 'approved' },
    { what: 'held and approved as if it were new', decisions: [held(1n), decision(2n)], status: 'approved' },
    {
      what: 'released without having been held',
      decisions: [decision(1n, { outcome: 'released' })],
      status: 'released',
    },
    { what: 'held twice for the same reasons', decisions: [held(1n), held(2n)], status: 'held' },
  ])('a version that was $what is found', ({ decisions, status }) => {
    expect(found([placed()], decisions, status)).toHaveLength(1);
  });

  it('an order that stands otherwise than its effective decision is found', () => {
    expect(found([placed()], [held(1n)], 'approved')).toEqual([
      'order C-1 O-1 stands as approved, and its effective decision is held',
    ]);
  });
});
