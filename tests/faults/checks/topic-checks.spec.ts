import { describe, expect, it } from '@jest/globals';
import { allPublished } from './all-published.ts';
import { everyMessageTaken } from './every-message-taken.ts';
import { decision, placed, record, tables } from './history.fixture.ts';
import { nothingInvented } from './nothing-invented.ts';
import { nothingPutAside } from './nothing-put-aside.ts';
import { toldInOrder } from './told-in-order.ts';

const told = (seq: number, decisionId = `d-${seq}`) =>
  record(
    'credit-decisions',
    'OrderApproved.v1',
    { orderId: 'O-1', orderVersion: 1, seq, decisionId },
    { id: `id-${seq}` },
  );
const logged = (seq: bigint) => ({
  consumer: 'customer-credit',
  partition: 0,
  position: seq,
  id: `id-${seq}`,
  topic: 'credit-decisions',
});
const lane = (position: bigint, published_position: bigint) => ({
  consumer: 'customer-credit',
  partition: 0,
  position,
  published_position,
});
const gate = (part: object) => tables({ 'customer-credit': part });

describe('All published', () => {
  it('a log whose rows lie on their topic is published', () => {
    const history = { records: [told(1)], tables: gate({ log: [logged(1n)], lanes: [lane(1n, 1n)] }) };
    expect(allPublished.violations(history)).toEqual([]);
  });

  it('a row that is not on its topic is found, whatever the lane says', () => {
    expect(
      allPublished.violations({ records: [], tables: gate({ log: [logged(1n)], lanes: [lane(1n, 1n)] }) }),
    ).toEqual(['customer-credit has logged id-1 for credit-decisions (partition 0, position 1), and it is not there']);
  });

  it('a lane that has not written down what it published is found', () => {
    expect(
      allPublished.violations({ records: [told(1)], tables: gate({ log: [logged(1n)], lanes: [lane(1n, 0n)] }) }),
    ).toEqual(['customer-credit partition 0 is at 1 and has published up to 0']);
  });
});

describe('Nothing invented', () => {
  it('the same message twice on the topic is what at-least-once means', () => {
    const history = { records: [told(1), told(1)], tables: gate({ log: [logged(1n)] }), decisions: [decision(1n)] };
    expect(nothingInvented.violations(history)).toEqual([]);
  });

  it('a message that no log knows was published before its transaction failed', () => {
    const history = { records: [told(1)], tables: gate({}), decisions: [] };
    expect(nothingInvented.violations(history)[0]).toMatch(/id-1 on credit-decisions .* was never committed/);
  });

  it('a decision that is not the stored one is found', () => {
    const history = { records: [told(1, 'other')], tables: gate({ log: [logged(1n)] }), decisions: [decision(1n)] };
    expect(nothingInvented.violations(history)[0]).toMatch(
      /tells decision other, which is not the one stored as seq 1/,
    );
  });
});

describe('Told in order', () => {
  it.each([
    { seqs: [1, 2, 3], problems: 0, because: 'they come in order' },
    { seqs: [1, 3], problems: 0, because: 'what is between them was no message' },
    { seqs: [1, 2, 1, 2, 3], problems: 0, because: 'a new owner repeats what its predecessor may not have sent' },
    { seqs: [2, 1], problems: 1, because: '1 was told after 2' },
  ])('seq $seqs: $problems found, since $because', ({ seqs, problems }) => {
    expect(toldInOrder.violations({ records: seqs.map((seq) => told(seq)) })).toHaveLength(problems);
  });

  it('an answer that is given again to who asks again is a repeat, whatever its id', () => {
    const answer = (seq: number, id: string) =>
      record('credit-decisions', 'ShipmentAuthorized.v1', { seq, shipmentId: `S-${seq}` }, { id });
    expect(toldInOrder.violations({ records: [answer(1, 'a'), answer(2, 'b'), answer(1, 'c')] })).toEqual([]);
    expect(toldInOrder.violations({ records: [answer(2, 'a'), answer(1, 'b')] })).toHaveLength(1);
  });
});

describe('Every message taken', () => {
  const order = placed();
  const inbox = (consumer: string) => [{ consumer, source: order.source, id: order.id }];

  it('an order that gate and book remember was taken', () => {
    const both = tables({ order: { inbox: inbox('order') }, 'customer-credit': { inbox: inbox('customer-credit') } });
    expect(everyMessageTaken.violations({ records: [order], tables: both })).toEqual([]);
  });

  it('an order that one of them has no trace of is found', () => {
    const bookOnly = tables({ order: { inbox: inbox('order') } });
    expect(everyMessageTaken.violations({ records: [order], tables: bookOnly })).toEqual([
      `customer-credit has no trace of OrderPlaced.v1 ${order.id} (orders, partition 0, offset 0)`,
    ]);
  });

  it('an approval means nothing to notification, a hold does', () => {
    const approved = record('credit-decisions', 'OrderApproved.v1', { seq: 1 });
    const hold = record('credit-decisions', 'OrderHeld.v1', { seq: 2 });
    const nobody = everyMessageTaken.violations({ records: [approved, hold], tables: tables() });
    expect(nobody.filter((problem) => problem.startsWith('notification'))).toHaveLength(1);
  });
});

describe('Nothing put aside', () => {
  it('a dead letter and a parked message are found', () => {
    const records = [record('orders-dlt', 'OrderPlaced.v1', {}, { id: 'm-1' })];
    expect(nothingPutAside.violations({ records, tables: tables({ order: { parked: ['a bug'] } }) })).toEqual([
      'OrderPlaced.v1 m-1 lies on orders-dlt',
      'order has parked a message: a bug',
    ]);
  });
});
