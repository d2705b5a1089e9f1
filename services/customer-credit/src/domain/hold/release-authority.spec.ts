import { describe, expect, it } from '@jest/globals';
import type { ReleaseParameters } from '../policy/parameters.ts';
import { decideRelease, type ExceededLimit, type ReleaseFacts } from './release-authority.ts';

const because = (...codes: string[]) => codes.map((code) => ({ code, message: `said of ${code}` }));
const exceeds = (excess: bigint, limit = 10_000_00n, differs: Partial<ExceededLimit> = {}): ExceededLimit => ({
  ...{ code: 'credit-limit-exceeded', subject: null, excess, limit, inAccountCurrency: excess },
  ...differs,
});
/** Beyond a limit of EUR 10,000.00 by EUR 500.00. */
const facts = (differs: Partial<ReleaseFacts> = {}): ReleaseFacts => ({
  accountCurrency: 'EUR',
  reasons: because('credit-limit-exceeded'),
  exceeded: [exceeds(500_00n)],
  salesRepId: 'R-1',
  limitRaisedBy: [],
  ...differs,
});
const person = (...roles: string[]) => ({ userId: 'u-1', roles, salesReps: ['R-9'] });
const policy = (differs: Partial<ReleaseParameters> = {}): ReleaseParameters => ({
  ...{ requestDays: 3, overInsuranceStop: false },
  authority: [{ role: 'credit-manager' }],
  ...differs,
});

describe('What nobody can overrule', () => {
  it.each([
    { code: 'account-blocked', why: /block has to be lifted first/ },
    { code: 'technical-error', why: /could not be read/ },
    { code: 'unknown-customer', why: /no credit account/ },
    { code: 'currency-rate-missing', why: /until the rate comes/ },
    { code: 'insurance-stop', why: /said of insurance-stop; the policy lets nobody/ },
  ])('$code', ({ code, why }) => {
    const verdict = decideRelease(facts({ reasons: because('order-value', code) }), person('credit-manager'), policy());
    expect(verdict).toMatchObject({ outcome: 'refused', code: 'not-releasable', why: expect.stringMatching(why) });
  });

  it('but an insurer’s stop, where the policy says so', () => {
    const stopped = facts({ reasons: because('insurance-stop') });
    expect(decideRelease(stopped, person('credit-manager'), policy({ overInsuranceStop: true }))).toEqual({
      outcome: 'may',
    });
  });

  it('a forced hold, screening and every rule of the policy can be', () => {
    const reasons = because('screening-incomplete', 'overdue-items', 'forced-hold', 'custom:dear');
    expect(decideRelease(facts({ reasons }), person('credit-manager'), policy())).toEqual({ outcome: 'may' });
  });
});

describe('Who may not, whatever the amount', () => {
  it.each([
    { what: 'who is the order’s representative', facts: { salesRepId: 'u-1' }, code: 'own-order' },
    { what: 'who sells for the order’s representative', facts: { salesRepId: 'R-9' }, code: 'own-order' },
    { what: 'who has raised the limit today', facts: { limitRaisedBy: ['u-2', 'u-1'] }, code: 'same-person' },
  ])('$what: $code', ({ facts: differs, code }) => {
    const verdict = decideRelease(facts(differs), person('credit-manager'), policy());
    expect(verdict).toMatchObject({ outcome: 'refused', code });
  });

  it('an order without a representative is nobody’s own', () =>
    expect(decideRelease(facts({ salesRepId: null }), person('credit-manager'), policy())).toEqual({ outcome: 'may' }));
});

describe('Authority', () => {
  const matrix = policy({
    authority: [
      {
        role: 'credit-analyst',
        amountMax: 500_00n,
        percentMax: 5_00n,
        overrules: ['credit-limit-exceeded', 'custom:*'],
      },
      { role: 'credit-manager', amountMax: 5_000_00n },
      { role: 'credit-manager', percentMax: 1_00n },
    ],
  });
  const analyst = person('credit-analyst');
  const manager = person('credit-manager');

  it.each([
    { who: analyst, differs: {}, because: 'exactly both are allowed' },
    {
      who: analyst,
      differs: { reasons: because('credit-limit-exceeded', 'custom:dear') },
      because: 'rules of the policy’s own are named',
    },
    { who: manager, differs: { exceeded: [exceeds(5_000_00n)] }, because: 'no share binds a manager' },
    {
      who: manager,
      differs: { exceeded: [exceeds(6_000_00n, 600_000_00n)] },
      because: 'another line allows it by share',
    },
    { who: manager, differs: { exceeded: [], reasons: because('overdue-items') }, because: 'no limit is exceeded' },
    { who: person('collector', 'credit-manager'), differs: {}, because: 'one of the roles is enough' },
  ])('suffices for $who.roles, since $because', ({ who, differs }) =>
    expect(decideRelease(facts(differs), who, matrix)).toEqual({ outcome: 'may' }),
  );

  it.each([
    {
      who: analyst,
      differs: { exceeded: [exceeds(500_01n, 100_000_00n)] },
      why: 'credit-analyst may exceed a limit by up to 500.00 EUR; the limit is exceeded by 500.01 EUR',
    },
    {
      who: analyst,
      differs: { exceeded: [exceeds(500_00n, 9_999_00n)] },
      why: 'credit-analyst may exceed a limit by up to 5 %; the limit is exceeded by 5.01 %',
    },
    {
      who: analyst,
      differs: { exceeded: [exceeds(500_00n, 8_000_00n)] },
      why: 'credit-analyst may exceed a limit by up to 5 %; the limit is exceeded by 6.25 %',
    },
    {
      who: analyst,
      differs: { exceeded: [exceeds(1n, 0n)] },
      why: 'credit-analyst may exceed a limit by up to 5 %; the limit is exceeded by all of the order, since it is nothing',
    },
    {
      who: analyst,
      differs: { exceeded: [exceeds(1n), exceeds(600_00n, 100_000_00n, { subject: 'G-1' })] },
      why: 'credit-analyst may exceed a limit by up to 500.00 EUR; the limit of G-1 is exceeded by 600.00 EUR',
    },
    {
      who: analyst,
      differs: { exceeded: [exceeds(1n, 100n, { subject: 'G-1', inAccountCurrency: null })] },
      why: 'credit-analyst may exceed a limit by up to 500.00 EUR; there is no rate to say by how much the limit of G-1 is exceeded',
    },
    {
      who: analyst,
      differs: { reasons: because('overdue-items') },
      why: 'credit-analyst may not overrule overdue-items',
    },
    {
      who: person('sales'),
      differs: {},
      why: 'The policy lets credit-analyst, credit-manager release held orders, not sales',
    },
    { who: person(), differs: {}, why: 'The policy lets credit-analyst, credit-manager release held orders, not you' },
  ])('does not suffice: $why', ({ who, differs, why }) =>
    expect(decideRelease(facts(differs), who, matrix)).toEqual({ outcome: 'refused', code: 'authority-exceeded', why }),
  );
});

describe('Four eyes', () => {
  const four = policy({ fourEyesAbove: 500_00n });

  it('are not needed at exactly the amount', () =>
    expect(decideRelease(facts(), person('credit-manager'), four)).toEqual({ outcome: 'may' }));

  it.each([
    { exceeded: [exceeds(500_01n)], why: 'The limit is exceeded by 500.01 EUR; above 500.00 EUR it takes two' },
    {
      exceeded: [exceeds(1n, 1n, { inAccountCurrency: null })],
      why: 'The limit is exceeded by an amount that has no rate; above 500.00 EUR it takes two',
    },
  ])('are needed: $why', ({ exceeded, why }) =>
    expect(decideRelease(facts({ exceeded }), person('credit-manager'), four)).toEqual({
      outcome: 'needs-second-person',
      why,
    }),
  );

  it('do not make up for missing authority', () =>
    expect(decideRelease(facts({ exceeded: [exceeds(501_00n)] }), person('credit-analyst'), four)).toMatchObject({
      code: 'authority-exceeded',
    }));
});
