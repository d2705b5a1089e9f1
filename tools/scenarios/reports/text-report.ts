import { isGood, type StoryResult } from '../run-stories.ts';
import { failureLines } from './failure-lines.ts';
import type { RunFigures } from './report.ts';

const marks = { passed: '✓', failed: '✗', 'failed-as-expected': '~', due: '✗' };

/** A line a story, what went wrong below it, and the sum. */
export function textReport(results: readonly StoryResult[], { elapsedMs, days }: RunFigures): string {
  const lines = results.flatMap((result) => {
    const { story, outcome } = result;
    const head = `${marks[outcome]} ${story.id.padEnd(8)} ${story.title}`;
    if (outcome === 'due')
      return [
        head,
        `    passes, although it is expected to fail: ${story.expectedToFail}`,
        '    Take its expectedToFail away.',
      ];
    if (outcome === 'failed-as-expected') return [head, `    fails as expected: ${story.expectedToFail}`];
    return [head, ...failureLines(result).map((line) => `    ${line}`)];
  });
  const count = (outcome: StoryResult['outcome']): number =>
    results.filter((result) => result.outcome === outcome).length;
  const parts = [
    `${results.length} stories`,
    `${count('passed')} passed`,
    ...(count('failed-as-expected') > 0 ? [`${count('failed-as-expected')} failed as expected`] : []),
    `${results.filter((result) => !isGood(result)).length} failed`,
  ];
  return [...lines, '', `${parts.join(', ')}; ${days} business days in ${(elapsedMs / 1000).toFixed(1)} s`].join('\n');
}
