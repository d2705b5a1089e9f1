import { describe, expect, it } from '@jest/globals';
import { account, decision, entry, held, record } from './history.fixture.ts';
import { ledgerIsAccount } from './ledger-is-account.ts';
import { limitIsCurrent } from './limit-is-current.ts';
import { seqWithoutGap } from './seq-without-gap.ts';
import { withinTheLimit } from './within-the-limit.ts';

describe('Seq without a gap', () => {
  const limitChange = record('credit-accounts', 'CreditLimitChanged.v1', { seq: 1 });
  const records = [limitChange];

  it('a limit, a decision with its entry and a payment are 1, 2, 3', () => {
    const history = { records, decisions: [decision(2n)], ledger: [entry(2n), entry(3n)] };
    expect(seqWithoutGap.violations({ ...history, accounts: [account({ seq: 3n })] })).toEqual([]);
  });

  it('what only a hold tells of counts, such as the end of its order', () => {
    const cancelled = record('credit-holds', 'CreditHold.v1', { seq: 3, orderId: 'O-1' });
    const history = { records: [limitChange, cancelled], decisions: [held(2n)], ledger: [] };
    expect(seqWithoutGap.violations({ ...history, accounts: [account({ seq: 3n })] })).toEqual([]);
  });

  it('a number that nothing tells of is found', () => {
    const history = { records, decisions: [decision(3n)], ledger: [], accounts: [account({ seq: 3n })] };
    expect(seqWithoutGap.violations(history)).toEqual(['customer C-1 is at seq 3, and nothing says what 2 was']);
  });

  it('a number beyond the account’s own count is found: the account was written over', () => {
    const history = { records, decisions: [decision(2n)], ledger: [], accounts: [account({ seq: 1n })] };
    expect(seqWithoutGap.violations(history)).toEqual(['customer C-1 is at seq 1, and there is a 2']);
  });
});

describe('Within the limit', () => {
  const grown = entry(1n, { receivables: 900n });

  it('an order that fills the limit exactly is within it', () => {
    const filling = decision(2n, { receivables: 900n, adds: 100n });
    expect(
      withinTheLimit.violations({ ledger: [grown, entry(2n, { open_orders: 100n })], decisions: [filling] }),
    ).toEqual([]);
  });

  it('one minor unit more is found', () => {
    const exceeding = decision(2n, { receivables: 900n, adds: 101n });
    expect(
      withinTheLimit.violations({ ledger: [grown, entry(2n, { open_orders: 101n })], decisions: [exceeding] }),
    ).toEqual(['customer C-1 seq 2 (approved O-1) left 1001 of exposure on a limit of 1000']);
  });

  it('a decision on figures that were not the ledger’s is found, also if they fit the limit', () => {
    const onOldFigures = decision(2n, { receivables: 800n, adds: 50n });
    expect(
      withinTheLimit.violations({ ledger: [grown, entry(2n, { open_orders: 50n })], decisions: [onOldFigures] }),
    ).toEqual(['customer C-1 seq 2 (approved O-1) recorded 850 of exposure, the ledger comes to 950']);
  });

  it.each([
    { what: 'an amendment within the approval', exception: { kept_approval: true } },
    { what: 'a release by a person', exception: { decided_by: 'user:u-7', outcome: 'released' as const } },
    { what: 'an unlimited account', exception: { limit_kind: 'unlimited' as const, limit_minor: null } },
  ])('$what may exceed it', ({ exception }) => {
    const exceeding = decision(2n, { receivables: 900n, adds: 500n, ...exception });
    expect(
      withinTheLimit.violations({ ledger: [grown, entry(2n, { open_orders: 500n })], decisions: [exceeding] }),
    ).toEqual([]);
  });

  it('no credit granted allows nothing', () => {
    const onNone = decision(1n, { limit_kind: 'none', limit_minor: null });
    expect(withinTheLimit.violations({ ledger: [entry(1n, { open_orders: 100n })], decisions: [onNone] })).toHaveLength(
      1,
    );
  });
});

describe('Limit is current', () => {
  const changedTo = (seq: number, amount: string) =>
    record('credit-accounts', 'CreditLimitChanged.v1', {
      seq,
      after: { kind: 'amount', amount: { amount, currency: 'EUR' } },
    });
  const records = [changedTo(1, '10.00'), changedTo(4, '20.00')];

  it.each([
    { seq: 3n, limit: 1_000n, problems: 0, because: 'the change of seq 4 comes after it' },
    { seq: 5n, limit: 2_000n, problems: 0, because: 'it comes after the change of seq 4' },
    { seq: 5n, limit: 1_000n, problems: 1, because: 'the limit had been raised before' },
    { seq: 3n, limit: 2_000n, problems: 1, because: 'nobody had raised it yet' },
  ])('limit $limit at seq $seq: $problems found, since $because', ({ seq, limit, problems }) => {
    expect(limitIsCurrent.violations({ records, decisions: [held(seq, { limit_minor: limit })] })).toHaveLength(
      problems,
    );
  });

  it('before any limit was told there is none', () => {
    const unknown = held(1n, { limit_kind: 'none', limit_minor: null });
    expect(limitIsCurrent.violations({ records: [], decisions: [unknown] })).toEqual([]);
  });
});

describe('Ledger is account', () => {
  it('buckets are the sums of the entries', () => {
    const ledger = [entry(1n, { open_orders: 100n }), entry(2n, { open_orders: -100n, receivables: 90n })];
    expect(ledgerIsAccount.violations({ accounts: [account({ receivables: 90n })], ledger })).toEqual([]);
  });

  it('a bucket that its entries do not come to is found', () => {
    expect(ledgerIsAccount.violations({ accounts: [account({ receivables: 90n })], ledger: [] })).toEqual([
      'customer C-1 has 90 in receivables, its ledger comes to 0',
    ]);
  });
});
