import { describe, expect, it } from '@jest/globals';
import { barePolicy, type Policy, type Scope } from './policy.ts';
import {
  fewestHoldDays,
  fewestOverdueDays,
  fewestUninvoicedDays,
  sectionsFor,
  selectParameters,
  type PolicySubject,
} from './select-parameters.ts';

const policy: Policy = {
  ...barePolicy,
  rules: {
    'overdue-items': { days: 30, amountMin: '99.50', percentMin: '12.5' },
    'oldest-open-item': { days: 60 },
    'order-value': { max: '5000' },
    'demand-spike': { factor: '2.5' },
    'custom:no-exports': { expression: 'order.segment == "export"' },
  },
};
const subject = (differs: Partial<PolicySubject> = {}): PolicySubject => ({
  currency: 'EUR',
  customerId: 'C-1',
  segment: null,
  riskClass: null,
  groups: [],
  ...differs,
});
const scoped = (...scopes: Scope[]): Policy => ({ ...policy, scopes });

describe('The policy’s parameters for an account', () => {
  it.each([
    { currency: 'EUR', amountMin: 99_50n, max: 5_000_00n, because: 'a euro has two digits' },
    { currency: 'JPY', amountMin: 99n, max: 5_000n, because: 'half a yen is cut off: 99 passes, 100 is above 99.50' },
    { currency: 'KWD', amountMin: 99_500n, max: 5_000_000n, because: 'a dinar has three digits' },
  ])('in $currency: $amountMin and $max minor units, since $because', ({ currency, amountMin, max }) => {
    expect(selectParameters(policy, subject({ currency }))).toMatchObject({
      overdueItems: { days: 30, amountMin, percentMin: 12_50n },
      oldestOpenItem: { days: 60 },
      orderValue: { max },
      demandSpike: { factor: 2_50n, ordersMin: 5 },
      custom: [{ name: 'custom:no-exports', expression: 'order.segment == "export"' }],
    });
  });

  it('leave out every rule that the policy does not name', () =>
    expect(Object.keys(selectParameters(barePolicy, subject())).sort()).toEqual(
      ['approval', 'custom', 'holdOrder', 'paymentTerms', 'release', 'scopes', 'shipments'].sort(),
    ));

  it('leave out a rule that is off', () =>
    expect(
      selectParameters({ ...policy, rules: { ...policy.rules, 'order-value': 'off' } }, subject()),
    ).not.toHaveProperty('orderValue'));

  it('are made once for a policy and those whom the same scopes fit', () =>
    expect(selectParameters(policy, subject())).toBe(selectParameters(policy, subject({ customerId: 'C-2' }))));
});

describe('Of scopes that fit', () => {
  const max = (amount: string) => ({ rules: { 'order-value': { max: amount } } });
  const everyKind = scoped(
    { when: { customer: ['C-1', 'C-9'] }, ...max('4') },
    { when: { group: ['G-top'] }, ...max('3') },
    { when: { riskClass: ['D', 'E'] }, ...max('2') },
    { when: { segment: ['food'] }, ...max('1') },
  );

  it.each([
    { who: {}, max: 4_00n, because: 'a customer is the most specific, wherever it stands' },
    { who: { customerId: 'C-2' }, max: 3_00n, because: 'then a group, also one further up' },
    { who: { customerId: 'C-2', groups: ['G-1'] }, max: 2_00n, because: 'then a risk class' },
    { who: { customerId: 'C-2', groups: [], riskClass: 'A' }, max: 1_00n, because: 'then a segment' },
    {
      who: { customerId: 'C-2', groups: [], riskClass: 'A', segment: null },
      max: 5_000_00n,
      because: 'then the general part',
    },
  ])('$max wins for $who, since $because', ({ who, max: expected }) => {
    const everything = { segment: 'food', riskClass: 'D', groups: ['G-1', 'G-top'] };
    expect(selectParameters(everyKind, subject({ ...everything, ...who })).orderValue).toEqual({ max: expected });
  });

  it('of the same kind the later one wins', () => {
    const twice = scoped(
      { when: { segment: ['food'] }, ...max('1') },
      { when: { segment: ['food', 'wine'] }, ...max('2') },
    );
    expect(selectParameters(twice, subject({ segment: 'food' })).orderValue).toEqual({ max: 2_00n });
  });

  it('all that `when` names must fit', () => {
    const both = scoped({ when: { segment: ['food'], riskClass: ['E'] }, ...max('1') });
    expect(selectParameters(both, subject({ segment: 'food', riskClass: 'D' })).orderValue).toEqual({ max: 5_000_00n });
    expect(selectParameters(both, subject({ segment: 'food', riskClass: 'E' })).orderValue).toEqual({ max: 1_00n });
  });

  it('what is not named stays, and it is known where each parameter comes from', () => {
    const stricter = scoped({
      when: { riskClass: ['E'] },
      rules: { 'overdue-items': { days: 5 } as never },
      approval: { validDays: 7 },
    });
    const parameters = selectParameters(stricter, subject({ riskClass: 'E' }));
    expect(parameters.overdueItems).toEqual({ days: 5, amountMin: 99_50n, percentMin: 12_50n });
    expect(parameters.approval).toEqual({ ...barePolicy.approval, validDays: 7 });
    expect(parameters.scopes).toEqual({ 'overdue-items.days': 'riskClass E', 'approval.validDays': 'riskClass E' });
  });

  it('one can turn a rule off, and another on again with the parameters it had', () => {
    const off: Scope = { when: { segment: ['food'] }, rules: { 'order-value': 'off' } };
    expect(selectParameters(scoped(off), subject({ segment: 'food' }))).not.toHaveProperty('orderValue');
    const on: Scope = { when: { customer: ['C-1'] }, ...max('7') };
    expect(selectParameters(scoped(off, on), subject({ segment: 'food' })).orderValue).toEqual({ max: 7_00n });
  });
});

describe('Open items are loaded only when they are older than', () => {
  const only = (rules: Policy['rules'], ...scopes: Scope[]): Policy => ({ ...barePolicy, rules, scopes });
  it.each([
    { policy: only({}), fewest: Infinity, because: 'no rule asks for them' },
    { policy: only({ 'oldest-open-item': { days: 60 } }), fewest: 60, because: 'one rule asks' },
    {
      policy: only({ 'overdue-items': { days: 30, amountMin: '0' }, 'oldest-open-item': { days: 60 } }),
      fewest: 30,
      because: 'the strictest rule decides',
    },
    { policy: only({ 'oldest-open-item': { days: 0 } }), fewest: 0, because: 'zero days is a limit, not an absence' },
    {
      policy: only(
        { 'oldest-open-item': { days: 60 } },
        { when: { customer: ['C-1'] }, rules: { 'oldest-open-item': { days: 3 } } },
      ),
      fewest: 3,
      because: 'a scope may be stricter',
    },
    {
      policy: only({ 'custom:slow': { expression: 'account.oldestOverdueDays > 9' } }),
      fewest: 0,
      because: 'a rule of the policy’s own reads how old they are',
    },
    {
      policy: only({ 'custom:slow': { expression: 'account.riskClass == "E"' }, 'custom:off': 'off' }),
      fewest: Infinity,
      because: 'one that reads other facts does not',
    },
    { policy: only({ 'oldest-open-item': 'off' }), fewest: Infinity, because: 'a rule that is off asks nothing' },
  ])('$fewest days, since $because', ({ policy: asked, fewest }) => expect(fewestOverdueDays(asked)).toBe(fewest));
});

describe('The days after which a hold expires', () => {
  const order = 'oldest-first' as const;
  const patient: Scope = { when: { customer: ['C-1'] }, holds: { expireAfterDays: 90 } };
  const strict: Scope = { when: { riskClass: ['D'] }, holds: { expireAfterDays: 5 } };

  it('are those of the most specific scope, and are asked of an order that could not be read, too', () => {
    const all: Policy = { ...barePolicy, holds: { order, expireAfterDays: 60 }, scopes: [patient, strict] };
    const { currency: _, ...unread } = subject({ riskClass: 'D' });
    expect(sectionsFor(all, unread).holds).toEqual({ order, expireAfterDays: 90 });
    expect(sectionsFor(all, { ...unread, customerId: 'C-2' }).holds).toEqual({ order, expireAfterDays: 5 });
    expect(sectionsFor(all, { ...unread, customerId: 'C-2', riskClass: null }).holds).toEqual(all.holds);
    expect(sectionsFor({ ...all, holds: { order } }, { ...unread, customerId: 'C-2', riskClass: 'A' }).holds).toEqual({
      order,
    });
  });

  it.each([
    { days: undefined, scopes: [], fewest: Infinity, because: 'none does' },
    { days: 60, scopes: [], fewest: 60, because: 'the general part says so' },
    { days: 60, scopes: [patient, strict], fewest: 5, because: 'a scope is stricter' },
    { days: undefined, scopes: [patient], fewest: 90, because: 'only a scope says so' },
  ])('are $fewest at least, since $because', ({ days, scopes, fewest }) => {
    const holds = { order, ...(days !== undefined && { expireAfterDays: days }) };
    expect(fewestHoldDays({ ...barePolicy, holds, scopes })).toBe(fewest);
    expect(fewestUninvoicedDays({ ...barePolicy, holds, scopes })).toBe(Infinity);
  });
});
