import { describe, expect, it } from '@jest/globals';
import type { StoryResult } from '../run-stories.ts';
import type { Story } from '../story.ts';
import { report } from './report.ts';

const story = (id: string, more: Partial<Story> = {}): Story => ({
  id,
  title: `title <${id}>`,
  steps: [],
  file: 'a.yaml',
  line: 1,
  ...more,
});
const money = { amount: '5.00', currency: 'EUR' };
const failure = {
  line: 9,
  step: 'place { id: O }',
  mismatches: [{ what: 'outcome', expected: 'held', came: 'approved' }],
  deadLetters: [],
  decision: { outcome: 'approved', available: money },
};
const results: StoryResult[] = [
  { story: story('A'), outcome: 'passed', failure: null, elapsedMs: 10 },
  { story: story('B'), outcome: 'failed', failure, elapsedMs: 10 },
  { story: story('C', { expectedToFail: 'not built' }), outcome: 'failed-as-expected', failure, elapsedMs: 10 },
  { story: story('D', { expectedToFail: 'not built' }), outcome: 'due', failure: null, elapsedMs: 10 },
];
const figures = { elapsedMs: 1500, days: 3 };

describe('A report of four stories', () => {
  it('as text says of each what came of it, and the sum', () => {
    const text = report('text', results, figures);
    expect(text).toContain(
      '✗ B        title <B>\n    a.yaml:9: place { id: O }\n    outcome: expected held, came approved',
    );
    expect(text).toContain('      outcome: approved\n      available: 5.00 EUR');
    expect(text).toContain('fails as expected: not built');
    expect(text).toContain('passes, although it is expected to fail: not built');
    expect(text).toMatch(/4 stories, 1 passed, 1 failed as expected, 2 failed; 3 business days in 1.5 s$/);
  });

  it('as JSON keeps the failure whole', () =>
    expect(JSON.parse(report('json', results, figures))).toMatchObject({
      days: 3,
      stories: [
        { outcome: 'passed' },
        { outcome: 'failed', failure },
        { outcome: 'failed-as-expected' },
        { outcome: 'due' },
      ],
    }));

  it('as JUnit counts failures and skipped ones, and escapes what XML does not take', () => {
    const xml = report('junit', results, figures);
    expect(xml).toContain('<testsuite name="a.yaml" tests="4" failures="2" skipped="1">');
    expect(xml).toContain('name="A title &lt;A&gt;" time="0.010"/>');
    expect(xml).toContain('<failure message="a.yaml:9: place { id: O }">');
    expect(xml).toContain('<skipped message="fails as expected: not built"/>');
  });
});
