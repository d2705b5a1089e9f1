import { mismatchesOf } from './checks/mismatches-of.ts';
import { StepFailed } from './failure.ts';
import type { VerbStep } from './story.ts';
import { RefusedCall, type Ask, type Call } from './system/caller.ts';
import type { StoryRecords } from './system/heard.ts';
import type { System } from './system/system.ts';
import { askedAbout } from './verbs/asked-about.ts';
import { deedOf } from './verbs/deed-of.ts';
import type { Deed, Scene } from './verbs/scene.ts';

/** What a story acts upon, and what has been said about it. */
export interface Stage {
  system: System;
  records: StoryRecords;
  ask: Ask;
}

/**
 * Does what the verbs say, all at once, waits until it is handled, and looks at what came of each.
 * @throws StepFailed for the first that came to something else than expected
 */
export async function act(verbs: readonly VerbStep[], scene: Scene, stage: Stage): Promise<void> {
  const acts = verbs.map((verb) => ({
    verb,
    asked: askedAbout(verb, scene, stage.records),
    deed: deedOf(verb, scene),
  }));
  const answers = await Promise.all(
    acts.map(({ verb, deed }) => doIt(verb, deed, `${scene.names.prefix}${(scene.memory.calls += 1)}`, stage)),
  );
  await stage.system.settle(stage.records).catch((error: Error) => {
    throw new StepFailed(verbs[0]!, error.message);
  });
  for (const [at, { verb, asked }] of acts.entries()) {
    const wrong = wronglyAnswered(verb, answers[at] ?? null);
    if (wrong) throw new StepFailed(verb, wrong, asked.order);
    if (!verb.expect) continue;
    const mismatches = await mismatchesOf(verb.expect, asked, scene, stage.records, stage.ask).catch((error: Error) => {
      throw new StepFailed(verb, error.message, asked.order);
    });
    if (mismatches.length > 0) throw new StepFailed(verb, mismatches, asked.order);
  }
}

/** Null, or the answer with which it was refused. */
async function doIt(verb: VerbStep, deed: Deed, key: string, stage: Stage): Promise<RefusedCall | null> {
  const times = verb.isTwice ? 2 : 1;
  try {
    if (Array.isArray(deed)) await stage.system.tell(Array.from({ length: times }, () => deed).flat());
    // The same keys again: the same request delivered twice.
    else for (let time = 0; time < times; time += 1) await deed(caller(key, stage));
    return null;
  } catch (error) {
    if (error instanceof RefusedCall) return error;
    throw new StepFailed(verb, (error as Error).message);
  }
}

function caller(key: string, { system, records, ask }: Stage): Call {
  let made = 0;
  const call = (request: Parameters<Call>[0]) => ask({ ...request, key: `${key}-${(made += 1)}` });
  const tell = async (messages: Parameters<Call['tell']>[0]) => {
    await system.tell(messages);
    await system.settle(records);
  };
  return Object.assign(call, { tell });
}

function wronglyAnswered({ expect }: VerbStep, refusal: RefusedCall | null) {
  if (expect?.refused === undefined) return refusal?.message ?? null;
  if (refusal?.code === expect.refused) return null;
  return [{ what: 'refused', expected: expect.refused, came: refusal?.message ?? 'it was allowed' }];
}
