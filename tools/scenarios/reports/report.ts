import type { StoryResult } from '../run-stories.ts';
import { jsonReport } from './json-report.ts';
import { junitReport } from './junit-report.ts';
import { textReport } from './text-report.ts';

export interface RunFigures {
  elapsedMs: number;
  days: number;
}

export const reportNames = ['text', 'json', 'junit'] as const;
export type ReportName = (typeof reportNames)[number];

export function report(name: ReportName, results: readonly StoryResult[], figures: RunFigures): string {
  switch (name) {
    case 'text':
      return textReport(results, figures);
    case 'json':
      return jsonReport(results, figures);
    case 'junit':
      return junitReport(results, figures);
  }
}
