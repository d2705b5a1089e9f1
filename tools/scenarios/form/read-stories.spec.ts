import { describe, expect, it } from '@jest/globals';
import { MalformedStories, readStories } from './read-stories.ts';

const read = (content: string) => readStories([{ file: 'a.yaml', content }]);

/** A story of these steps; the first of them is on line 4. */
const storyOf = (...steps: string[]): string =>
  ['- id: S-1', '  title: a story', '  steps:', ...steps.map((step) => `    - ${step}`)].join('\n');

const problemsOf = (content: string): string => {
  try {
    read(content);
    return 'none';
  } catch (error) {
    if (error instanceof MalformedStories) return error.message;
    throw error;
  }
};

describe('A story', () => {
  it('is read with its days, amounts and what stands beside a verb', () => {
    const [story] = read(`
- id: E-08
  title: only what is past due is overdue
  source: ours
  businessDay: 2026-03-09
  policy: { rules: { overdue-items: { days: 0, amountMin: "0" } } }
  steps:
    - customer: { id: C, limit: 700 EUR, terms: 30 }
    - invoice: { id: I, customer: C, total: 400.5 EUR, issued: -32, due: 2026-03-07 }
    - place: { id: O, customer: C, total: 200 EUR }
      expect: { outcome: held, reasons: [overdue-items] }
    - day: +1
`);
    expect(story).toMatchObject({
      id: 'E-08',
      businessDay: '2026-03-09',
      policy: { rules: { 'overdue-items': { days: 0, amountMin: '0' } } },
      file: 'a.yaml',
      line: 2,
      steps: [
        {
          verb: 'customer',
          fields: { id: 'C', limit: { kind: 'amount', amount: { amount: '700', currency: 'EUR' } }, terms: 30 },
        },
        { verb: 'invoice', fields: { issued: -32, due: '2026-03-07', total: { amount: '400.5', currency: 'EUR' } } },
        { verb: 'place', line: 10, expect: { outcome: 'held', reasons: ['overdue-items'] } },
        { kind: 'day', to: 1 },
      ],
    });
  });

  it('may deliver a message twice, send several at once, and repeat its steps', () => {
    const [story] = read(
      storyOf(
        'twice: { place: { id: O, customer: C, total: 1 EUR } }',
        'parallel: [ { place: { id: P, customer: C, total: 1 EUR } }, { cancel: { id: O } } ]',
        'repeat: { times: 2, steps: [ { customer: { id: D, limit: none } }, { expect: { customer: D, limit: none } } ] }',
      ),
    );
    expect(story?.steps).toMatchObject([
      { kind: 'verb', verb: 'place', isTwice: true },
      { kind: 'parallel', steps: [{ verb: 'place' }, { verb: 'cancel' }] },
      {
        kind: 'repeat',
        times: 2,
        steps: [{ verb: 'customer', fields: { limit: { kind: 'none' } } }, { kind: 'expect' }],
      },
    ]);
  });
});

describe('What is malformed is named with its file, line and what would be right', () => {
  it.each([
    { step: 'placed: { id: O }', problem: 'there is no verb "placed"; verbs are customer, limit,' },
    {
      step: 'place: { id: O, customer: C, totl: 1 EUR }',
      problem: 'place has no "totl"; it takes id, customer, total,',
    },
    { step: 'place: { id: O, customer: C }', problem: 'place.total is missing' },
    {
      step: 'place: { id: O, customer: C, total: 300 }',
      problem: 'place.total "300" must be an amount of 0 or more with its currency',
    },
    { step: 'place: { id: O, customer: C, total: 1.005 EUR }', problem: 'place.total "1.005 EUR" must be an amount' },
    {
      step: 'place: { id: O, customer: C, total: -1 EUR }',
      problem: 'place.total "-1 EUR" must be an amount of 0 or more',
    },
    { step: 'customer: { id: C, limit: 300 EURO }', problem: 'customer.limit "300 EURO" must be an amount' },
    { step: 'customer: { id: C, riskClass: F }', problem: 'customer.riskClass "F" must be one of A, B, C, D, E' },
    { step: 'customer: { id: "C 1" }', problem: 'customer.id "C 1" must be an id' },
    { step: 'day: 2026-02-30', problem: 'day "2026-02-30" must be a date like 2026-03-02, or +N or -N' },
    { step: 'day: { to: 1 }', problem: 'day {…} must be a date' },
    { step: 'expect: { customer: C, outcom: held }', problem: 'expect has no "outcom"' },
    { step: 'expect: { outcome: held }', problem: 'expect.outcome asks about an order; name it: order: O' },
    {
      step: 'expect: { exposure: { total: 1 EUR } }',
      problem: 'expect.exposure asks about an account; name its customer',
    },
    { step: 'cancel: { id: O }', problem: 'cancel: there is no order "O" in this story; place it' },
    { step: 'clear: { id: Q }', problem: 'clear: there is no instrument "Q" in this story' },
    { step: 'dispute: { id: D, invoice: I }', problem: 'dispute: there is no invoice "I" in this story' },
    { step: 'block: { reason: why }', problem: 'block: names a customer or an order, one of them' },
    { step: 'rate: { from: EUR, to: EUR, rate: "1" }', problem: 'rate: from and to are both EUR' },
    { step: 'repeat: { times: 0, steps: [] }', problem: 'repeat.times "0" must be a whole number from 1 to 10000' },
    { step: 'parallel: [ { day: 1 } ]', problem: 'parallel[1] holds verbs that something is sent by, not day' },
    {
      step: '{ pay: { id: P, customer: C, total: 1 EUR }, day: 1 }',
      problem: 'one step is one verb, not pay and day; write two steps',
    },
    {
      step: '{ day: 1, expect: { customer: C } }',
      problem: 'expect cannot stand beside day; make it a step of its own',
    },
    {
      step: '{ rate: { from: USD, to: EUR, rate: "1" }, expect: { outcome: held } }',
      problem: 'expect.outcome asks about an order, and none is named here',
    },
    { step: 'just text', problem: 'must be a step like { pay: { … } }' },
  ])('$step', ({ step, problem }) => {
    const problems = problemsOf(storyOf(step));
    expect(problems).toMatch(/^a\.yaml:4: /);
    expect(problems).toContain(problem);
  });

  it.each([
    { content: '- id: S-1\n  title: [\n', problem: /^a\.yaml:\d+: Flow sequence/, because: 'it is not YAML' },
    { content: 'id: S-1', problem: /^a\.yaml:1: story \{…\} must be a list/, because: 'a file is a list of stories' },
    { content: '', problem: /^a\.yaml:1: story \(nothing\) must be a list/, because: 'it is empty' },
    {
      content: '- title: t\n  steps: []',
      problem: /^a\.yaml:1: story\[1\]\.id is missing/,
      because: 'a story has an id',
    },
    {
      content: '- { id: S-1, title: t, steps: [] }\n- { id: S-1, title: t, steps: [] }',
      problem: /^a\.yaml:2: S-1 is a story already, in a\.yaml:1/,
      because: 'an id is one story’s',
    },
  ])('since $because', ({ content, problem }) => expect(problemsOf(content)).toMatch(problem));

  it('all at once, in the order of the text', () => {
    const lines = problemsOf(storyOf('placed: {}', 'pay: { id: P }', 'day: never')).split('\n');
    expect(lines.map((line) => /^a\.yaml:(\d+)/.exec(line)?.[1])).toEqual(['4', '5', '5', '6']);
  });
});
