import { describe, expect, it } from '@jest/globals';
import { barePolicy, type Policy } from '../policy/policy.ts';
import type { Decision } from './decision.ts';
import { explainDecision, recompute } from './explain-decision.ts';
import { gateFacts } from './gate-facts.fixture.ts';

const policy: Policy = {
  ...barePolicy,
  rules: { 'order-value': { max: '500.00' } },
  scopes: [{ when: { customer: ['C-1'] }, rules: { 'order-value': { max: '50.00' } } }],
};
const { account, order, businessDay } = gateFacts();
const reason = {
  code: 'order-value',
  message: 'A single order of 100.00 EUR needs a person',
  ...{ measured: '100.00', threshold: '50.00', unit: 'EUR' },
};
/** Held for its value: 100.00 EUR, 50.00 are allowed to this customer. */
const decision = (differs: Partial<Decision> = {}): Decision =>
  ({
    ...{ customerId: 'C-1', accountCurrency: 'EUR', businessDay, outcome: 'held', decidedBy: 'policy' },
    ...{ exposure: account.exposure, limit: account.limit, adds: order.adds, facts: null, reasons: [reason] },
    ...{ total: { minor: 100_00n, currency: 'EUR' }, totalInAccountCurrency: 100_00n },
    ...differs,
  }) as Decision;
const verdictOf = (rule: string, of: Decision) =>
  explainDecision(of, policy).verdicts.find((verdict) => verdict.rule === rule);

describe('A decision explains', () => {
  it.each([
    { rule: 'order-value', verdict: 'held', because: 'it gave a reason' },
    { rule: 'credit-limit-exceeded', verdict: 'passed', because: 'it is always on and gave none' },
    { rule: 'oldest-open-item', verdict: 'off', because: 'the policy does not name it' },
  ])('what $rule said: $verdict, since $because', ({ rule, verdict }) =>
    expect(verdictOf(rule, decision())).toMatchObject({ verdict }),
  );

  it('with which parameters, and which scope gave them', () =>
    expect(verdictOf('order-value', decision())).toMatchObject({
      reasons: [reason],
      parameters: { max: '50.00' },
      scopes: { 'order-value.max': 'customer C-1' },
    }));

  it.each([
    { differs: { outcome: 'approved', reasons: [], facts: { keptApproval: true } }, because: 'an approval was kept' },
    { differs: { reasons: [{ code: 'technical-error', message: 'unreadable' }] }, because: 'it could not be decided' },
  ])('that no rule was asked, since $because', ({ differs }) => {
    const { verdicts } = explainDecision(decision(differs as Partial<Decision>), policy);
    expect(verdicts.filter(({ verdict }) => verdict === 'passed' || verdict === 'held')).toEqual([]);
    expect(verdictOf('credit-limit-exceeded', decision(differs as Partial<Decision>))?.verdict).toBe('not-asked');
  });
});

describe('Decided again from what is stored, the answer', () => {
  it('is the same', () =>
    expect(recompute(decision(), policy)).toEqual({ reasons: [reason], outcome: 'held', isSame: true }));

  it.each([
    { differs: { totalInAccountCurrency: 50_00n }, because: 'the order that is stored would pass' },
    { differs: { reasons: [{ ...reason, threshold: '40.00' }] }, because: 'the reason that is stored says otherwise' },
    { differs: { outcome: 'approved' as const, reasons: [] }, because: 'it is stored as approved' },
  ])('is another one where $because', ({ differs }) => expect(recompute(decision(differs), policy).isSame).toBe(false));
});

describe('The no of a hold that has expired', () => {
  const waiting: Policy = {
    ...policy,
    holds: { ...policy.holds, expireAfterDays: 60 },
    scopes: [...policy.scopes, { when: { customer: ['C-1'] }, holds: { expireAfterDays: 10 } }],
  };
  const expired = {
    code: 'hold-expired',
    message: 'Held since 2026-11-10, and nobody has answered for 11 days; the hold waits for 10',
    ...{ measured: '11', threshold: '10', unit: 'days' },
  };
  const no = (differs: Partial<Decision> = {}) =>
    decision({
      ...{ outcome: 'declined', businessDay: '2026-11-21', reasons: [reason, expired] },
      facts: { heldSince: '2026-11-10' },
      ...differs,
    });

  it('gives the same answer again: what held the order, and why it waits no more', () =>
    expect(recompute(no(), waiting)).toMatchObject({ reasons: [reason, expired], isSame: true }));

  it.each([
    { differs: { facts: { heldSince: '2026-11-11' } }, because: 'it is stored with a day on which it was not due yet' },
    { differs: { facts: null }, because: 'nothing is stored that would say so' },
    { differs: { reasons: [reason] }, because: 'it does not say that it has expired' },
    { differs: { outcome: 'held' as const, totalInAccountCurrency: 50_00n }, because: 'the order would pass' },
  ])('is another answer where $because', ({ differs }) => expect(recompute(no(differs), waiting).isSame).toBe(false));

  it('is explained with its days and where they come from', () =>
    expect(explainDecision(no(), waiting).verdicts.at(-1)).toEqual({
      ...{ rule: 'hold-expired', verdict: 'held', reasons: [expired], parameters: { expireAfterDays: 10 } },
      scopes: { 'holds.expireAfterDays': 'customer C-1' },
    }));
});
