import { describe, expect, it } from '@jest/globals';
import { barePolicy } from '../policy/policy.ts';
import { selectParameters } from '../policy/select-parameters.ts';
import { customRules } from './custom.rule.ts';
import { noStanding } from './facts-record.ts';
import { gateFacts } from './gate-facts.fixture.ts';

const subject = { currency: 'EUR', customerId: 'C-1', segment: null, riskClass: null, groups: [] };
const { custom } = selectParameters(
  {
    ...barePolicy,
    rules: {
      'custom:large-export': {
        expression: 'order.segment == "export" && order.total > amount("100.00")',
        message: 'Large export orders are looked at by the export desk',
      },
      'custom:low-score': { expression: 'account.score < 30' },
    },
  },
  subject,
);
const asked = ({ account = {}, order = {} }: { account?: object; order?: object }) =>
  customRules(
    gateFacts({ account: { standing: { ...noStanding, score: 30 }, ...account }, order, parameters: { custom } }),
  );
const exporting = { segment: 'export' };

describe('A rule of the policy’s own', () => {
  it.each([
    { facts: { order: { ...exporting, total: 100_00n } }, codes: [], because: 'exactly 100.00 is not more' },
    { facts: { order: { ...exporting, total: 100_01n } }, codes: ['custom:large-export'], because: 'one cent more is' },
    { facts: { order: { total: 999_00n } }, codes: [], because: 'the order is for no segment' },
    {
      facts: { account: exporting, order: { total: 999_00n } },
      codes: ['custom:large-export'],
      because: 'the customer’s segment counts',
    },
    {
      facts: { account: { standing: { ...noStanding, score: 29 } } },
      codes: ['custom:low-score'],
      because: '29 is less than 30',
    },
    {
      facts: { account: { ...exporting, standing: { ...noStanding, score: 0 } }, order: { total: 999_00n } },
      codes: ['custom:large-export', 'custom:low-score'],
      because: 'both are true, each under its own code',
    },
    {
      facts: { account: { ...exporting, standing: { ...noStanding, score: 0 } }, order: { total: null, adds: 0n } },
      codes: ['custom:low-score'],
      because: 'without a rate what reads amounts is not asked',
    },
    {
      facts: { account: { ...exporting, hasUnconverted: true }, order: { total: 999_00n } },
      codes: [],
      because: 'nor is it while a receivable has no rate',
    },
  ])('holds with $codes, since $because', ({ facts, codes }) =>
    expect(asked(facts).map(({ code }) => code)).toEqual(codes),
  );

  it('says what its author wrote, or else its expression', () => {
    const account = { ...exporting, standing: { ...noStanding, score: 1 } };
    expect(asked({ account, order: { total: 999_00n } }).map(({ message }) => message)).toEqual([
      'Large export orders are looked at by the export desk',
      'account.score < 30',
    ]);
  });

  it('that cannot be answered holds and says so: the gate fails closed', () =>
    expect(asked({ account: { standing: noStanding } })).toEqual([
      { code: 'custom:low-score', message: 'Its expression cannot be answered: No such key: score' },
    ]));

  it('holds when this release does not understand it any more', () => {
    const unreadable = { ...barePolicy, rules: { 'custom:old': { expression: 'order.weight > 5' } } };
    const { custom: old } = selectParameters(unreadable, subject);
    expect(customRules(gateFacts({ parameters: { custom: old } }))).toEqual([
      { code: 'custom:old', message: 'Its expression cannot be answered: No such key: weight' },
    ]);
  });

  it('asks nothing when the policy has none', () => expect(customRules(gateFacts())).toEqual([]));
});
