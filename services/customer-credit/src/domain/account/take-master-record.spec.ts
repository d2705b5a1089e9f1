import { describe, expect, it } from '@jest/globals';
import { stubAccount, type CreditAccount, type CreditLimit } from './credit-account.ts';
import { noExposure } from './exposure.ts';
import { takeMasterRecord, type MasterRecord } from './take-master-record.ts';

const amount = (minor: bigint): CreditLimit => ({ kind: 'amount', minor });
const noon = new Date('2026-11-21T12:00:00Z');
const record = (differs: Partial<MasterRecord> = {}): MasterRecord => ({
  currency: 'EUR',
  limit: amount(1_000_00n),
  limitValidUntil: null,
  riskClass: 'B',
  screening: 'passed',
  segment: null,
  salesRepId: 'R-7',
  creditGroupId: null,
  paymentTermsDays: 30,
  updatedAt: noon,
  source: '/erp',
  ...differs,
});

function registered(differs: Partial<MasterRecord> = {}): CreditAccount {
  const account = stubAccount('C-1');
  takeMasterRecord(account, record(differs));
  return account;
}

describe('The first record of a customer', () => {
  it('opens the account with its limit and terms', () => {
    const account = stubAccount('C-1');
    expect(takeMasterRecord(account, record())).toEqual({
      outcome: 'taken',
      registered: true,
      currencyBefore: null,
      limitBefore: { kind: 'none' },
      riskClassBefore: null,
    });
    expect(account).toMatchObject({ currency: 'EUR', limit: amount(1_000_00n), riskClass: 'B', masterUpdatedAt: noon });
  });

  it('without a limit grants none', () => {
    const account = stubAccount('C-1');
    expect(takeMasterRecord(account, record({ limit: null }))).toMatchObject({ limitBefore: null });
    expect(account.limit).toEqual({ kind: 'none' });
  });
});

describe('A later record, after an analyst has set 5,000.00', () => {
  it.each([
    { limit: amount(1_000_00n), source: '/erp', taken: false, because: 'it is a resend and must not undo the analyst' },
    { limit: null, source: '/erp', taken: false, because: 'it says nothing about a limit' },
    { limit: amount(2_000_00n), source: '/erp', taken: true, because: 'its source has changed its mind' },
    { limit: { kind: 'none' } as const, source: '/erp', taken: true, because: 'its source grants nothing any more' },
    { limit: amount(1_000_00n), source: '/crm', taken: true, because: 'another source says this for the first time' },
    { limit: amount(5_000_00n), source: '/erp', taken: false, because: 'that is the limit already' },
  ])('limit $limit of $source: taken $taken, since $because', ({ limit, source, taken }) => {
    const account = registered();
    account.limit = amount(5_000_00n);
    const outcome = takeMasterRecord(account, record({ limit, source, updatedAt: new Date('2026-11-22T12:00:00Z') }));
    expect(outcome).toMatchObject({ registered: false, limitBefore: taken ? amount(5_000_00n) : null });
    expect(account.limit).toEqual(taken ? limit : amount(5_000_00n));
  });

  it('that resends what it changed to is a resend again', () => {
    const account = registered();
    takeMasterRecord(account, record({ limit: amount(2_000_00n) }));
    account.limit = amount(5_000_00n);
    takeMasterRecord(account, record({ limit: amount(2_000_00n) }));
    expect(account.limit).toEqual(amount(5_000_00n));
  });

  it.each([
    { record: {}, validUntil: '2027-06-30', because: 'a resend does not end what the analyst granted until then' },
    { record: { limitValidUntil: '2026-12-31' }, validUntil: '2026-12-31', because: 'its source now says until when' },
    { record: { limit: amount(2_000_00n) }, validUntil: null, because: 'the new limit brings its own validity' },
    { record: { limit: null }, validUntil: '2027-06-30', because: 'it says nothing about a limit' },
  ])('$record: valid until $validUntil, since $because', ({ record: differs, validUntil }) => {
    const account = registered();
    account.limit = amount(5_000_00n);
    account.limitValidUntil = '2027-06-30';
    const outcome = takeMasterRecord(account, record(differs));
    expect(account.limitValidUntil).toBe(validUntil);
    expect(outcome).toMatchObject({ limitBefore: validUntil === '2027-06-30' ? null : amount(5_000_00n) });
  });

  it('replaces all the rest, for it is the whole record', () => {
    const account = registered();
    const outcome = takeMasterRecord(account, record({ riskClass: 'C', salesRepId: null, paymentTermsDays: null }));
    expect(outcome).toMatchObject({ riskClassBefore: 'B' });
    expect(account).toMatchObject({ riskClass: 'C', salesRepId: null, paymentTermsDays: null });
  });
});

describe('A record’s age', () => {
  it.each([
    { updatedAt: '2026-11-21T11:59:59.999Z', outcome: 'ignored', because: 'a newer one is known' },
    { updatedAt: '2026-11-21T12:00:00.000Z', outcome: 'taken', because: 'of the same instant the later word counts' },
    { updatedAt: '2026-11-21T12:00:00.001Z', outcome: 'taken', because: 'it is newer' },
  ])('$updatedAt: $outcome, since $because', ({ updatedAt, outcome }) => {
    const account = registered();
    const before = structuredClone(account);
    const taken = takeMasterRecord(account, record({ riskClass: 'E', updatedAt: new Date(updatedAt) }));
    expect(taken.outcome).toBe(outcome);
    if (outcome === 'ignored') expect(account).toEqual(before);
  });
});

describe('A record in another currency', () => {
  it.each([
    { exposure: { receivables: 1n }, because: 'an invoice is open' },
    { exposure: { openOrders: 1n }, because: 'an order is approved' },
    { exposure: { receivables: 5n, unallocatedCredits: 5n }, because: 'buckets that cancel each other are exposure' },
  ])('is refused and changes nothing while $because', ({ exposure }) => {
    const account = registered();
    account.exposure = { ...noExposure, ...exposure };
    const before = structuredClone(account);
    expect(takeMasterRecord(account, record({ currency: 'USD' }))).toMatchObject({
      outcome: 'refused',
      violation: expect.stringMatching(/USD.*EUR/),
    });
    expect(account).toEqual(before);
  });

  it('is taken when nothing is owed, and its limit is the first of that currency', () => {
    const account = registered();
    account.limit = amount(5_000_00n);
    takeMasterRecord(account, record({ currency: 'JPY', limit: amount(1_000_00n) }));
    expect(account).toMatchObject({ currency: 'JPY', limit: amount(1_000_00n) });
  });

  it('leaves no limit behind when it names none: 5,000 euros are not 5,000 yen', () => {
    const account = registered();
    const outcome = takeMasterRecord(account, record({ currency: 'JPY', limit: null }));
    expect(account).toMatchObject({ currency: 'JPY', limit: { kind: 'none' } });
    expect(outcome).toMatchObject({ currencyBefore: 'EUR', limitBefore: amount(1_000_00n) });
  });
});

describe('A closed account', () => {
  it('is open again when its record is back, with the other blocks still on', () => {
    const account = registered();
    const legal = { blockId: 'B-1', kind: 'legal' as const, reason: 'law suit', blockedBy: 'user:u-1' };
    account.blocks = [legal, { blockId: 'closed', kind: 'closed', reason: 'deleted', blockedBy: 'policy' }];
    takeMasterRecord(account, record());
    expect(account.blocks).toEqual([legal]);
  });

  it('stays closed when an old record is replayed', () => {
    const account = registered();
    account.blocks = [{ blockId: 'closed', kind: 'closed', reason: 'deleted', blockedBy: 'policy' }];
    takeMasterRecord(account, record({ updatedAt: new Date('2026-11-20T12:00:00Z') }));
    expect(account.blocks).toHaveLength(1);
  });
});
