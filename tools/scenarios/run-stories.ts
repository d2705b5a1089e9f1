import { Calendar } from './calendar.ts';
import { rateChains } from './rate-chains.ts';
import { StoryRun, type Failure, type World } from './story-run.ts';
import type { Story } from './story.ts';

export interface StoryResult {
  story: Story;
  /** `due`: it was expected to fail, and passes. */
  outcome: 'passed' | 'failed' | 'failed-as-expected' | 'due';
  failure: Failure | null;
  elapsedMs: number;
}

export const isGood = ({ outcome }: StoryResult): boolean => outcome === 'passed' || outcome === 'failed-as-expected';

/** The day on which stories start that name none, if no story names one. */
const usualFirstDay = '2026-03-02';

export const firstDayOf = (stories: readonly Story[]): string =>
  stories.flatMap(({ businessDay }) => businessDay ?? []).sort()[0] ?? usualFirstDay;

/** Lays all stories on one calendar and walks it once. */
export async function runStories(
  stories: readonly Story[],
  { system, caller, runTag }: Omit<World, 'calendar'>,
  {
    firstDay,
    onDay,
    onResult,
  }: { firstDay: string; onDay: (day: string) => void; onResult: (result: StoryResult) => void },
): Promise<StoryResult[]> {
  const calendar = new Calendar(firstDay, async (day) => {
    onDay(day);
    await system.tell([dayStarted(day)]);
    await system.settle();
  });
  const results = new Map<Story, StoryResult>();
  const run = async (story: Story): Promise<void> => {
    const startedAtMs = performance.now();
    const failure = await new StoryRun(story, { system, caller, calendar, runTag }).run();
    const result = { story, outcome: outcomeOf(story, failure), failure, elapsedMs: performance.now() - startedAtMs };
    results.set(story, result);
    onResult(result);
  };
  await calendar.open();
  const chains = rateChains(stories).map((chain) => async () => {
    for (const story of chain) await run(story);
  });
  await calendar.sideBySide(chains, false);
  return stories.map((story) => results.get(story)!);
}

function outcomeOf({ expectedToFail }: Story, failure: Failure | null): StoryResult['outcome'] {
  if (expectedToFail === undefined) return failure ? 'failed' : 'passed';
  return failure ? 'failed-as-expected' : 'due';
}

const dayStarted = (day: string) => ({
  id: `day:${day}`,
  type: 'BusinessDayStarted.v1',
  data: { businessDay: day },
  time: `${day}T00:00:00Z`,
  correlationId: day,
  line: 0,
});
