import { Calendar } from './calendar.ts';
import { rateChains, ratesOf } from './rate-chains.ts';
import { addDays } from '@ordergate/money';
import type { Failure } from './failure.ts';
import { StoryRun } from './story-run.ts';
import type { Story } from './story.ts';
import type { Target } from './system/own-system.ts';

export interface StoryResult {
  story: Story;
  /** `due`: it was expected to fail, and passes. */
  outcome: 'passed' | 'failed' | 'failed-as-expected' | 'due';
  failure: Failure | null;
  elapsedMs: number;
}

export const isGood = ({ outcome }: StoryResult): boolean => outcome === 'passed' || outcome === 'failed-as-expected';

/** A rate counts for so many days after its own. */
const rateDaysMax = 7;
/** The day on which stories start that name none, if no story names one. */
const usualFirstDay = '2026-03-02';

/** A system that is on a day already starts none before it. */
function firstDayOf(stories: readonly Story[], reachedDay: string | null): string {
  const named = stories.flatMap(({ businessDay }) => businessDay ?? []).sort()[0] ?? reachedDay ?? usualFirstDay;
  return reachedDay !== null && named < reachedDay ? reachedDay : named;
}

/** Lays all stories on one calendar and walks it once. */
export async function runStories(
  stories: readonly Story[],
  target: Target,
  { onDay, onResult }: { onDay: (day: string) => void; onResult: (result: StoryResult) => void },
): Promise<StoryResult[]> {
  const { system, reachedDay } = target;
  const calendar = new Calendar(firstDayOf(stories, reachedDay), async (day) => {
    onDay(day);
    if (day !== reachedDay) await system.tell([dayStarted(day)]);
    await system.settle();
  });
  const results = new Map<Story, StoryResult>();
  const run = async (story: Story, earliest: string): Promise<void> => {
    const startedAtMs = performance.now();
    const failure = await new StoryRun(story, { ...target, calendar }).run(earliest);
    const result = { story, outcome: outcomeOf(story, failure), failure, elapsedMs: performance.now() - startedAtMs };
    results.set(story, result);
    onResult(result);
  };
  await calendar.open();
  const chains = rateChains(stories).map((chain) => async () => {
    const toldOn = new Map<string, string>();
    for (const story of chain) {
      const { told, missing } = ratesOf(story);
      const days = [...missing].flatMap((pair) => toldOn.get(pair) ?? []).map((day) => addDays(day, rateDaysMax + 1));
      await run(story, [calendar.today, ...days].sort().at(-1)!);
      for (const pair of told.keys()) toldOn.set(pair, calendar.today);
    }
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
