import type { StoryResult } from '../run-stories.ts';
import type { RunFigures } from './report.ts';

export function jsonReport(results: readonly StoryResult[], figures: RunFigures): string {
  const stories = results.map(({ story, outcome, failure, elapsedMs }) => ({
    id: story.id,
    title: story.title,
    ...(story.source && { source: story.source }),
    file: story.file,
    line: story.line,
    outcome,
    ...(story.expectedToFail && { expectedToFail: story.expectedToFail }),
    elapsedMs: Math.round(elapsedMs),
    ...(failure && { failure }),
  }));
  return JSON.stringify({ days: figures.days, elapsedMs: Math.round(figures.elapsedMs), stories }, null, 2);
}
