import { riskClasses } from '@ordergate/contracts';
import {
  amount,
  count,
  days,
  decimal,
  listOf,
  oneOf,
  percent,
  reasonList,
  section,
  type SchemaPart,
} from './schema-parts.ts';

/** A rule is a mapping of its parameters, or `off`. */
const rule = (description: string, properties: Record<string, SchemaPart>, required: readonly string[] = []) => ({
  if: { type: 'string' },
  then: { const: 'off', errorMessage: 'must be a mapping of its parameters, {} for on without any, or off' },
  else: {
    ...section(description, properties, required),
    errorMessage: 'has no value; write its parameters, {} for on without any, or off',
  },
  description,
});

/** Always asked; a document may name them, and cannot turn them off. */
export const rulesAlwaysOn = [
  ...['unknown-customer', 'account-blocked', 'screening-incomplete', 'credit-limit-exceeded'],
  ...['segment-limit-exceeded', 'group-limit-exceeded', 'limit-expired', 'insurance-stop', 'forced-hold'],
  ...['currency-rate-missing', 'technical-error'],
];
const alwaysOn = (): SchemaPart => ({
  ...{ description: 'Always on.', type: 'object', maxProperties: 0 },
  errorMessage: 'is always on and has no parameters; leave it out',
});

/** What each rule asks for, in the order in which reasons are published. */
export const ruleSchemas: Readonly<Record<string, ReturnType<typeof rule>>> = {
  'review-overdue': rule(
    'The account’s review day is more than the days of grace ago.',
    { graceDays: days('Days after the review day that still pass.') },
    ['graceDays'],
  ),
  'collateral-shortfall': rule(
    'Collateral covers less than this share of the exposure with the order.',
    { securedPercent: percent('Share that must be secured; exactly it passes.') },
    ['securedPercent'],
  ),
  'overdue-items': rule(
    'Items that are overdue for too long come to too much. Disputed and promised items are left out.',
    {
      days: days('Items that are more days overdue count.'),
      amountMin: amount('Holds when they come to more, in the currency of the account.'),
      percentMin: percent('… and to more than this share of all open items.'),
    },
    ['days', 'amountMin'],
  ),
  'oldest-open-item': rule(
    'The oldest undisputed item is overdue for too long, however small it is.',
    { days: days('Days overdue that still pass.') },
    ['days'],
  ),
  'dunning-level': rule('Reminders have gone too far.', { max: count('The highest level that still passes.', 0, 9) }, [
    'max',
  ]),
  'order-value': rule(
    'A single order of this size needs a person.',
    { max: amount('The largest order that still passes, in the currency of the account.') },
    ['max'],
  ),
  'payment-terms': rule('Terms are longer than the customer’s agreed ones, or than the maximum.', {
    maxDays: days('The longest terms that still pass; without it only the agreed terms count.'),
  }),
  'discount-authority': rule(
    'A line’s discount is above what a representative may grant.',
    { maxPercent: percent('The largest discount that still passes.') },
    ['maxPercent'],
  ),
  'payment-behaviour': rule(
    'The customer pays too late on average, or its score is too low. Needs daysLateMax, scoreMin or both.',
    {
      windowDays: days('The days of the payment record that count.'),
      daysLateMax: decimal('Average days late, weighted by amount, that still pass.', '7.5'),
      scoreMin: count('The lowest score that still passes.', 0, 100),
    },
    ['windowDays'],
  ),
  'risk-class': rule(
    'Customers of these classes trade on prepayment only.',
    {
      prepaidOnly: listOf(
        'The classes.',
        oneOf('From A, the best, to E.', riskClasses),
        `must be a list of risk classes (${riskClasses.join(', ')})`,
      ),
    },
    ['prepaidOnly'],
  ),
  'demand-spike': rule(
    'The order, or all of the window with it, is far above what this customer usually orders.',
    {
      factor: decimal('Times the usual that still passes; the usual is the median of earlier orders.', '2.5', 1),
      windowDays: days('Also compares the sum of so many days with that of earlier windows.', 1),
      ordersMin: count('Fewer earlier orders say nothing (5 without it).', 1, 40),
    },
    ['factor'],
  ),
  'order-splitting': rule(
    'Several orders of one customer, or of linked ones, by one representative, each within a threshold and together above it.',
    {
      windowDays: { ...days('How many days back orders count.'), minimum: 1, maximum: 90 },
      threshold: amount('In the currency of the account.'),
    },
    ['windowDays', 'threshold'],
  ),
  'instrument-tenor': rule(
    'Paid by a cheque or note that falls due too late.',
    { maxDays: days('Days from the order to its due day that still pass.') },
    ['maxDays'],
  ),
};
export const customRuleName = '^custom:[a-z0-9][a-z0-9-]{0,55}$';
const customRule = rule(
  'A rule of your own: an order is held when the expression is true.',
  {
    expression: {
      description: 'A CEL expression over the facts of the order and its account; docs/policy.md lists them.',
      ...{ type: 'string', minLength: 1, maxLength: 1000 },
      errorMessage: 'must be a CEL expression of 1 to 1000 characters',
    },
    message: {
      description: 'What people read as the reason; the expression itself, when left out.',
      ...{ type: 'string', minLength: 1, maxLength: 300 },
      errorMessage: 'must be a text of 1 to 300 characters',
    },
  },
  ['expression'],
);

type AnyRule = ReturnType<typeof rule>;
/** In a scope a rule names only what differs there. */
const partly = (one: AnyRule): AnyRule => {
  const { required: _, ...parameters } = one.else as SchemaPart;
  return { ...one, else: parameters as AnyRule['else'] };
};

const rules = (asIn: (one: AnyRule) => SchemaPart): SchemaPart => ({
  description: 'Which rules of the gate run, and how strict they are.',
  type: 'object',
  properties: {
    ...Object.fromEntries(Object.entries(ruleSchemas).map(([name, one]) => [name, asIn(one)])),
    ...Object.fromEntries(rulesAlwaysOn.map((name) => [name, alwaysOn()])),
  },
  patternProperties: { [customRuleName]: asIn(customRule) },
  additionalProperties: false,
  errorMessage: 'must be a mapping of rules',
});

const sections: Record<string, SchemaPart> = {
  approval: section('What an approval is good for.', {
    tolerancePercent: percent('An amended order may be this much larger and keeps its approval (0).'),
    validDays: days('Days after the decision until an approval ends (30).'),
    onExpiry: oneOf('What becomes of an order whose approval has ended before all of it has left (decide-again).', [
      ...['decide-again', 'close'],
    ]),
  }),
  holds: section('Held orders.', {
    order: oneOf('Which of a customer’s held orders is decided first when credit comes free (oldest-first).', [
      ...['oldest-first', 'smallest-first', 'priority'],
    ]),
    expireAfterDays: days('A hold that nobody answers for more days is declined; without it none is.', 1),
  }),
  dunning: section('Reminders.', {
    levels: listOf(
      'From the first level up.',
      section(
        'One level.',
        {
          level: count('Its number.', 1, 9),
          days: days('Reached when the oldest item to be dunned is at least so many days overdue.'),
          fee: amount('Charged with the notice.'),
          amountMin: amount('Less than this in all is not dunned.'),
        },
        ['level', 'days'],
      ),
      'must be a list of levels',
      0,
    ),
    intervalDays: days('Days from one notice to the next (0).'),
  }),
  release: section('Who may release held orders.', {
    authority: listOf(
      'What each role may release alone; a limit that is left out does not bind.',
      section(
        'One role.',
        {
          role: oneOf('The role.', ['credit-analyst', 'credit-manager']),
          amountMax: amount('The largest excess over the limit.'),
          percentMax: percent('The largest excess in percent of the limit.'),
          overrules: listOf(
            'What may hold an order that the role releases; everything that can be released, when left out.',
            {
              ...{ type: 'string', pattern: '^([a-z][a-z-]{0,40}|custom:(\\*|[a-z0-9][a-z0-9-]{0,55}))$' },
              errorMessage: 'must be the code of a rule, or custom:* for all rules of your own',
            },
            'must be a list of rules',
          ),
        },
        ['role'],
      ),
      'must be a list of roles',
    ),
    fourEyesAbove: amount('An excess above this needs a second person.'),
    requestDays: days('Days that the second person has to answer (3).'),
    reasons: reasonList('What people may give as reason for a release; any text, when left out.'),
    declineReasons: reasonList('What people may give as reason for a no; any text, when left out.'),
    overInsuranceStop: {
      ...{ description: 'Whether an insurer’s stop can be released by a person (false).', type: 'boolean' },
      errorMessage: 'must be true or false',
    },
  }),
  shipments: section('Goods that leave.', {
    authorization: oneOf(
      'Whether goods may leave that the warehouse has not asked about: required tells of all, optional only of those that no approval covers (required).',
      ['required', 'optional'],
    ),
    uninvoicedDays: days('Goods that are out for more days without an invoice are told; without it none are.'),
  }),
};

const identifiers = (description: string): SchemaPart => ({
  ...listOf(
    description,
    {
      ...{ type: 'string', pattern: '^[A-Za-z0-9][A-Za-z0-9._:/-]{0,63}$' },
      errorMessage: 'must be an id of 1 to 64 letters, digits or . _ : / -',
    },
    'must be a list of ids',
  ),
});
const scope = section(
  'Says otherwise for some orders. Of scopes that fit, the later in this list wins: segment, risk class, group, customer.',
  {
    when: {
      ...section('Whom the scope is for: all that is named must fit.', {
        segment: identifiers('Of the order, else of the customer.'),
        riskClass: listOf('Of the customer.', oneOf('A class.', riskClasses), 'must be a list of risk classes'),
        group: identifiers('The customer’s credit group or one above it.'),
        customer: identifiers('These customers.'),
      }),
      minProperties: 1,
      errorMessage: 'must name segment, riskClass, group or customer',
    },
    rules: rules(partly),
    ...sections,
  },
  ['when'],
);

/** The whole document as JSON Schema: what is checked here is what editors check. */
export const policySchema: SchemaPart = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:ordergate:policy',
  title: 'Credit policy of Ordergate',
  ...section(
    'Which rules run for whom with what parameters.',
    {
      version: {
        description: 'Names the policy in every decision.',
        ...{ type: 'string', pattern: '^[A-Za-z0-9][A-Za-z0-9._:/-]{0,63}$', examples: ['2026-11-01.1'] },
        errorMessage:
          'must be 1 to 64 letters, digits or . _ : / -, in quotes if it could be a number, like "2026-11-01.1"',
      },
      rules: rules((one) => one),
      ...sections,
      scopes: listOf('For whom something else is in force.', scope, 'must be a list of scopes', 0),
    },
    ['version'],
  ),
};
