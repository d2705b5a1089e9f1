import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { barePolicy } from '../domain/policy/policy.ts';
import { saveGroups } from '../store/credit-group.store.ts';
import { creditLane, type Told } from './credit-lane.fixture.ts';
import * as say from './credit-messages.fixture.ts';
import {
  amended,
  cancelled,
  eur,
  invoiced,
  limitOf,
  limitSet,
  paid,
  placed,
  registered,
} from './credit-messages.fixture.ts';

let credit: Awaited<ReturnType<typeof creditLane>>;
beforeAll(async () => {
  credit = await creditLane(barePolicy);
}, 60_000);
afterAll(() => credit?.close());

const answers = (told: readonly Told[]) =>
  told
    .filter(({ topic }) => topic === 'credit-decisions')
    .map(({ type, data }) => `${data.orderId} ${type.replace(/^Order|\.v1$/g, '')}`);
describe('Members of a credit group', () => {
  it('are asked by a command when another one frees its credit, if they wait for it', async () => {
    const pool = {
      ...{ groupId: 'G', parentId: null, depth: 0, currency: 'EUR', exposure: 0n, shareInParent: 0n },
      limit: { kind: 'amount' as const, minor: 100_00n },
    };
    await saveGroups(credit.database, [pool], 'spec', new Date());
    const member = { creditGroupId: 'G' };
    await credit.tell(...['G-1', 'G-2', 'G-3'].map((id) => registered(id, member)));
    await credit.tell(placed('G-1', 'A'), placed('G-2', 'B'), placed('G-3', 'C', { total: eur('1000.01') }));
    const told = await credit.tell(cancelled('G-1', 'A'));
    expect(told.map(({ type, key }) => `${type} ${key}`)).toEqual([
      'ReevaluationRequested.v1 G-2',
      'ReevaluationRequested.v1 G-3',
    ]);
    expect(answers(await credit.tell(say.reevaluation('G-2')))).toEqual(['B Released']);
    expect(answers(await credit.tell(say.reevaluation('G-3')))).toEqual([]);
  });
});

describe('What it costs', () => {
  it('a customer without holds no statement: an order, a payment and a cancellation run the same as ever', async () => {
    await credit.tell(registered('S-1'), invoiced('S-1', 'I-1', eur('10.00')), placed('S-1', 'O-1'));
    await credit.tell(registered('S-2'), invoiced('S-2', 'I-1', eur('1000.00')), placed('S-2', 'O-1'));
    const chunks = (id: string) => [
      [placed(id, 'O-2', { total: eur('1.00') })],
      [paid(id, 'P-1', eur('1.00'))],
      [amended(id, 'O-3', { total: eur('1.00') })],
    ];
    const about = (statements: string[]) =>
      statements.filter((text) => /credit_hold|hold_event|any\(\$1::text\[\]\) and status = /.test(text));
    for (const chunk of chunks('S-1')) expect(about(await credit.statementsFor(...chunk))).toEqual([]);
    const counts: number[] = [];
    for (const chunk of chunks('S-2')) counts.push(about(await credit.statementsFor(...chunk)).length);
    // Held: the row. Paid: its orders, their holds, the rows. Amended: the same.
    expect(counts).toEqual([1, 3, 3]);
  });

  it('a new order no look whether it is known; a known one under another message id is found all the same', async () => {
    const looks = (statements: string[]) => statements.filter((text) => /join customer_order/.test(text)).length;
    const begun = (statements: string[]) => statements.filter((text) => text === 'begin').length;
    await credit.tell(registered('S-5'));
    const first = await credit.statementsFor(placed('S-5', 'O-1'), placed('S-5', 'O-2'));
    expect([begun(first), looks(first)]).toEqual([1, 0]);

    // The same version, sent again as a message of its own: its order's key is taken, so all is taken again by looking.
    let told: Told[] = [];
    const again = await credit.statementsDuring(async () => {
      told = await credit.tell(placed('S-5', 'O-3'), placed('S-5', 'O-1'));
    });
    expect([begun(again), looks(again), answers(told)]).toEqual([2, 1, ['O-3 Approved']]);

    // Such messages come together: the next chunk looks at once, and the one after it no more.
    const next = await credit.statementsFor(placed('S-5', 'O-4'));
    const last = await credit.statementsFor(placed('S-5', 'O-5'));
    expect([begun(next), looks(next), begun(last), looks(last)]).toEqual([1, 1, 1, 0]);
  });

  it('as many statements for a thousand held orders as for one', async () => {
    await credit.tell(
      registered('S-3', { limit: limitOf(eur('100000.00')) }),
      invoiced('S-3', 'I-1', eur('100000.00')),
    );
    await credit.tell(registered('S-4'), invoiced('S-4', 'I-1', eur('1000.00')));
    const many = Array.from({ length: 1_000 }, (_, at) => placed('S-3', `O-${at}`));
    await credit.tell(...many, placed('S-4', 'O-1'));
    const payAll = (id: string, amount: string) => credit.statementsFor(paid(id, 'P-1', eur(amount)));
    const [ofMany, ofOne] = [await payAll('S-3', '100000.00'), await payAll('S-4', '1000.00')];
    expect(ofMany.length).toBe(ofOne.length);
    expect(await credit.owes('S-3')).toEqual({ openOrders: 100_000_00n, total: 100_000_00n });
  });
});

describe('Where there are too many for one transaction', () => {
  it('the rest of the accounts are asked by commands of their own', async () => {
    const ids = Array.from({ length: 3 }, (_, at) => `M-${at}`);
    for (const id of ids) {
      await credit.tell(registered(id, { limit: { kind: 'none' } }));
      await credit.tell(...Array.from({ length: 1_000 }, (_, at) => placed(id, `${id}-${at}`)));
    }
    const twice = ids.flatMap((id) => [limitSet(id, limitOf(eur('100.00'))), limitSet(id, limitOf(eur('200.00')))]);
    const told = await credit.tell(...twice);
    const asked = told.filter(({ type }) => type === 'ReevaluationRequested.v1').map(({ key }) => key);
    expect(asked).toEqual(['M-2']);
    expect(answers(told)).toEqual(['M-0-0 Released', 'M-0-1 Released', 'M-1-0 Released', 'M-1-1 Released']);
    expect(answers(await credit.tell(say.reevaluation('M-2')))).toEqual(['M-2-0 Released', 'M-2-1 Released']);
  });
});
