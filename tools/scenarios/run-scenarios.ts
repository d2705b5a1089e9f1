import { relative } from 'node:path';
import { composePolicy } from './compose-policy.ts';
import { findFiles, readPolicyFile } from './find-files.ts';
import { readStories } from './form/read-stories.ts';
import { MalformedOptions, type Options } from './options.ts';
import { report } from './reports/report.ts';
import { isGood, runStories } from './run-stories.ts';
import type { Story } from './story.ts';
import { startOwnSystem, type Target } from './system/own-system.ts';
import { openRunningTarget } from './system/running-target.ts';

const barePolicy = { version: 'scenarios' };
/** Beside the report, so that it can be read by a program. */
const say = (text: string): void => void process.stderr.write(`${text}\n`);

/** @returns the exit code */
export async function runScenarios(options: Options): Promise<number> {
  const files = findFiles(options.paths);
  const stories = chosen(readStories(files), options.only);
  say(`${stories.length} stories of ${files.map(({ file }) => relative('.', file)).join(', ')}`);

  const target = await targetOf(options, stories);
  try {
    const startedAtMs = performance.now();
    let days = 0;
    const results = await runStories(stories, target, {
      onDay: () => (days += 1),
      onResult: ({ story, outcome }) =>
        (outcome === 'failed' || outcome === 'due') && say(`  ${outcome}: ${story.id} ${story.title}`),
    });
    console.log(report(options.report, results, { elapsedMs: performance.now() - startedAtMs, days }));
    return results.every(isGood) ? 0 : 1;
  } finally {
    await target.stop();
  }
}

async function targetOf({ target, policy }: Options, stories: readonly Story[]): Promise<Target> {
  if (target !== undefined) return openRunningTarget(target);
  const base = policy === undefined ? barePolicy : readPolicyFile(policy);
  return startOwnSystem(composePolicy(base, stories, ''), (what) => say(`  … ${what}`));
}

function chosen(stories: Story[], only: readonly string[]): Story[] {
  const unknown = only.filter((id) => !stories.some((story) => story.id === id));
  if (unknown.length > 0) throw new MalformedOptions(`--only ${unknown.join(', ')}: there is no such story`);
  return only.length === 0 ? stories : stories.filter(({ id }) => only.includes(id));
}
