import { isGood, type StoryResult } from '../run-stories.ts';
import { failureLines } from './failure-lines.ts';
import type { RunFigures } from './report.ts';

/** The form that CI servers read: a suite a file; a story that fails as expected is a skipped test. */
export function junitReport(results: readonly StoryResult[], { elapsedMs }: RunFigures): string {
  const suites = [...Map.groupBy(results, ({ story }) => story.file)].map(
    ([file, ofFile]) =>
      `  <testsuite name="${escaped(file)}" ${counts(ofFile)}>\n${ofFile.map(testcase).join('\n')}\n  </testsuite>`,
  );
  const head = `<testsuites name="scenarios" ${counts(results)} time="${seconds(elapsedMs)}">`;
  return ['<?xml version="1.0" encoding="UTF-8"?>', head, ...suites, '</testsuites>'].join('\n');
}

const counts = (results: readonly StoryResult[]): string =>
  `tests="${results.length}" failures="${results.filter((result) => !isGood(result)).length}" skipped="${results.filter(({ outcome }) => outcome === 'failed-as-expected').length}"`;

function testcase(result: StoryResult): string {
  const { story, outcome, elapsedMs } = result;
  const head = `    <testcase classname="${escaped(story.file)}" name="${escaped(`${story.id} ${story.title}`)}" time="${seconds(elapsedMs)}"`;
  if (outcome === 'passed') return `${head}/>`;
  const inside =
    outcome === 'failed-as-expected'
      ? `<skipped message="${escaped(`fails as expected: ${story.expectedToFail}`)}"/>`
      : outcome === 'due'
        ? `<failure message="${escaped(`passes, although it is expected to fail: ${story.expectedToFail}`)}"/>`
        : `<failure message="${escaped(failureLines(result)[0] ?? '')}">${escaped(failureLines(result).join('\n'))}</failure>`;
  return `${head}>\n      ${inside}\n    </testcase>`;
}

const seconds = (ms: number): string => (ms / 1000).toFixed(3);
const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string =>
  // XML knows no control characters but these three, not even as entities.
  text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\uffff\u{10000}-\u{10ffff}]/gu, '?')
    .replace(/[&<>"]/g, (sign) => entities[sign]!);
