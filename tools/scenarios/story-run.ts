import { Names } from './cast.ts';
import { act, type Stage } from './act.ts';
import type { Calendar } from './calendar.ts';
import { mismatchesOf } from './checks/mismatches-of.ts';
import { StepFailed, type Failure } from './failure.ts';
import type { Step, Story } from './story.ts';
import type { Target } from './system/own-system.ts';
import { emptyMemory, Scene } from './verbs/scene.ts';

/** What stories run in. */
export type World = Target & { calendar: Calendar };

/** One story, walked through on the common calendar. */
export class StoryRun {
  private readonly story: Story;
  private readonly calendar: Calendar;
  private readonly names: Names;
  private readonly stage: Stage;
  private readonly memory;
  private readonly takesPolicies: boolean;

  constructor(story: Story, { system, caller, calendar, runTag, takesPolicies }: World) {
    this.takesPolicies = takesPolicies;
    this.story = story;
    this.calendar = calendar;
    this.names = Names.of(story, runTag);
    this.stage = { system, records: system.heard.of(this.names.prefix), ask: (request) => caller.call(request) };
    this.memory = emptyMemory(story);
  }

  /** Null when everything came as expected. `earliest` is the first day that suits the others. */
  async run(earliest: string): Promise<Failure | null> {
    try {
      if (this.story.policy && !this.takesPolicies)
        throw new Error(
          'it has a policy of its own, and a running system keeps the one it has; run it without --target',
        );
      const day = this.story.businessDay ?? earliest;
      if (day < this.calendar.today)
        throw new Error(
          `it starts on ${day}, but the system is on ${this.calendar.today} already, and a business day never goes back`,
        );
      await this.calendar.reach(day);
      await this.walk(this.story.steps, this.names, day);
      return null;
    } catch (error) {
      return this.failureOf(error as Error);
    }
  }

  /** @returns the day on which the steps ended */
  private async walk(steps: readonly Step[], names: Names, from: string): Promise<string> {
    let today = from;
    for (const step of steps) {
      const scene = new Scene(this.story, names, today, this.memory);
      switch (step.kind) {
        case 'day':
          today = await this.moveOn(step, scene);
          break;
        case 'repeat':
          today = await this.repeat(step, scene);
          break;
        case 'expect':
          await this.check(step, scene);
          break;
        case 'parallel':
          await act(step.steps, scene, this.stage);
          await this.check(step, scene);
          break;
        case 'verb':
          await act([step], scene, this.stage);
      }
    }
    return today;
  }

  private async moveOn(step: Step & { kind: 'day' }, scene: Scene): Promise<string> {
    const day = scene.day(step.to);
    if (day <= scene.today)
      throw new StepFailed(step, `the story is on ${scene.today}, and a business day never goes back to ${day}`);
    await this.calendar.reach(day);
    return day;
  }

  private async repeat({ times, steps }: Step & { kind: 'repeat' }, scene: Scene): Promise<string> {
    const days: string[] = [scene.today];
    const failures: unknown[] = [];
    const rounds = Array.from({ length: times }, (_, at) => async () => {
      const names = scene.names.inRound(steps, at + 1);
      await this.walk(steps, names, scene.today).then(
        (day) => days.push(day),
        (error: unknown) => failures.push(error),
      );
    });
    await this.calendar.sideBySide(rounds);
    if (failures.length > 0) throw failures[0];
    return days.sort().at(-1)!;
  }

  private async check(step: Step & { kind: 'expect' | 'parallel' }, scene: Scene): Promise<void> {
    if (!step.expect) return;
    const order = step.expect.order?.id ?? step.expect.hold?.order;
    const orderId = order === undefined ? undefined : scene.names.real('order', order);
    const { records, ask } = this.stage;
    const mismatches = await mismatchesOf(step.expect, {}, scene, records, ask).catch((error: Error) => {
      throw new StepFailed(step, error.message, orderId);
    });
    if (mismatches.length > 0) throw new StepFailed(step, mismatches, orderId);
  }

  private async failureOf(error: Error): Promise<Failure> {
    const { records, ask } = this.stage;
    const deadLetters = [...records.deadLetters];
    if (!(error instanceof StepFailed))
      return { line: this.story.line, step: 'the story', problem: error.message, mismatches: [], deadLetters };
    const { step, mismatches, message, order } = error;
    const decisionId = order === undefined ? undefined : records.effective(order)?.decisionId;
    const path = `/v1/decisions/${decisionId}`;
    const decision =
      decisionId && (await ask({ service: 'customer-credit', method: 'GET', path }).catch(() => undefined));
    return {
      line: step.line,
      step: step.text,
      mismatches,
      ...(mismatches.length === 0 && { problem: message }),
      deadLetters,
      ...(decision ? { decision } : {}),
    };
  }
}
