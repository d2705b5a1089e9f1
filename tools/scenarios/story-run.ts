import { Names, type IdKind } from './cast.ts';
import type { Calendar } from './calendar.ts';
import { decisionMismatches, holdMismatches, shipmentMismatches } from './checks/check-decision.ts';
import {
  accountMismatches,
  notifiedMismatches,
  orderCountMismatches,
  orderMismatches,
  standingMismatches,
} from './checks/check-state.ts';
import type { Asked, Mismatch } from './checks/mismatch.ts';
import type { Expectation } from './form/expect-form.ts';
import type { Step, Story, VerbStep } from './story.ts';
import { RefusedCall, type Call, type Caller, type Request } from './system/caller.ts';
import type { StoryRecords } from './system/heard.ts';
import type { System } from './system/system.ts';
import { deedOf } from './verbs/deed-of.ts';
import { emptyMemory, Scene } from './verbs/scene.ts';
import { asWritten } from './reports/failure-lines.ts';

/** What a story runs in. */
export interface World {
  system: System;
  caller: Caller;
  calendar: Calendar;
  runTag: string;
}

/** Why a story failed: where, and all that helps to see why. */
export interface Failure {
  line: number;
  step: string;
  mismatches: Mismatch[];
  problem?: string;
  deadLetters: string[];
  /** The decision's record, as the gate keeps it. */
  decision?: unknown;
}

/** A step did not come to what was expected. */
class StepFailed extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.problem ?? failure.mismatches.map(({ what }) => what).join(', '));
    this.failure = failure;
  }
}

const callMsMax = 20_000;
const answeredByTheGate: readonly string[] = ['place', 'amend', 'release', 'decline'];

/** One story, walked through on the common calendar. */
export class StoryRun {
  private readonly story: Story;
  private readonly world: World;
  private readonly names: Names;
  private readonly records: StoryRecords;
  private readonly memory = emptyMemory();
  private calls = 0;

  constructor(story: Story, world: World) {
    this.story = story;
    this.world = world;
    this.names = Names.of(story, world.runTag);
    this.records = world.system.heard.of(this.names.prefix);
  }

  /** Null when everything came as expected. */
  async run(): Promise<Failure | null> {
    try {
      await this.walk(this.story.steps, this.names, await this.startDay());
      return null;
    } catch (error) {
      if (error instanceof StepFailed) return error.failure;
      return this.failure({ line: this.story.line, step: 'the story' }, { problem: (error as Error).message });
    }
  }

  private async startDay(): Promise<string> {
    const { calendar } = this.world;
    const day = this.story.businessDay ?? calendar.today;
    if (day < calendar.today)
      throw new Error(
        `it starts on ${day}, but the system is on ${calendar.today} already, and a business day never goes back`,
      );
    await calendar.reach(day);
    return day;
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
          await this.check(step, step.expect, scene, {});
          break;
        case 'parallel':
          await this.act(step, step.steps, scene);
          break;
        case 'verb':
          await this.act(step, [step], scene);
      }
    }
    return today;
  }

  private async moveOn(step: Step & { kind: 'day' }, scene: Scene): Promise<string> {
    const day = scene.day(step.to);
    if (day <= scene.today)
      throw await this.failed(step, {
        problem: `the story is on ${scene.today}, and a business day never goes back to ${day}`,
      });
    await this.world.calendar.reach(day);
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
    await this.world.calendar.sideBySide(rounds);
    if (failures.length > 0) throw failures[0];
    return days.sort().at(-1)!;
  }

  /** Does what verbs say, all at once, waits until it is handled, and looks at what came of each. */
  private async act(step: Step & { expect?: Expectation }, verbs: readonly VerbStep[], scene: Scene): Promise<void> {
    const acts = verbs.map((verb) => {
      const asked = this.askedAbout(verb, scene);
      return { verb, asked, deed: deedOf(verb, scene) };
    });
    const refusals = await Promise.all(
      acts.map(async ({ verb, deed }) => {
        const key = `${this.names.prefix}${(this.calls += 1)}`;
        const times = verb.isTwice ? 2 : 1;
        if (Array.isArray(deed)) return this.telling(verb, Array.from({ length: times }, () => deed).flat());
        let refusal: RefusedCall | null = null;
        for (let time = 0; time < times; time += 1) refusal = await this.calling(verb, deed, key);
        return refusal;
      }),
    );
    await this.world.system.settle(this.records).catch(async (error: Error) => {
      throw await this.failed(step, { problem: error.message });
    });
    for (const [at, { verb, asked }] of acts.entries()) {
      const refusal = refusals[at] ?? null;
      if (refusal?.code !== verb.expect?.refused) throw await this.refusedWrongly(verb, refusal, asked);
      if (verb.expect) await this.check(verb, verb.expect, scene, asked);
    }
    if (step.kind === 'parallel' && step.expect) await this.check(step, step.expect, scene, {});
  }

  private async telling(verb: VerbStep, messages: Parameters<System['tell']>[0]): Promise<null> {
    await this.world.system.tell(messages).catch(async (error: Error) => {
      throw await this.failed(verb, { problem: error.message });
    });
    return null;
  }

  private async calling(verb: VerbStep, deed: (call: Call) => Promise<void>, key: string): Promise<RefusedCall | null> {
    let made = 0;
    const call = Object.assign(
      (request: Request) => this.ask(request.method === 'GET' ? request : { ...request, key: `${key}-${(made += 1)}` }),
      {
        tell: (messages: Parameters<System['tell']>[0]) =>
          this.world.system.tell(messages).then(() => this.world.system.settle(this.records)),
      },
    );
    try {
      await deed(call);
      return null;
    } catch (error) {
      if (error instanceof RefusedCall) return error;
      throw await this.failed(verb, { problem: (error as Error).message });
    }
  }

  private ask(request: Request): Promise<unknown> {
    return this.world.caller.call(request, AbortSignal.timeout(callMsMax));
  }

  private async refusedWrongly(verb: VerbStep, refusal: RefusedCall | null, asked: Asked): Promise<StepFailed> {
    if (verb.expect?.refused === undefined) return this.failed(verb, { problem: refusal?.message ?? '' }, asked);
    const mismatch = {
      what: 'refused',
      expected: verb.expect.refused,
      came: refusal ? refusal.message : 'it was allowed',
    };
    return this.failed(verb, { mismatches: [mismatch] }, asked);
  }

  /** What `expect` beside the verb is about. */
  private askedAbout({ verb, fields }: VerbStep, scene: Scene): Asked {
    const real = (kind: IdKind, id: string | undefined) => (id === undefined ? undefined : scene.names.real(kind, id));
    const isOrderVerb = verb === 'place' || verb === 'amend' || verb === 'cancel';
    const order = real('order', isOrderVerb ? fields.id : 'order' in fields ? fields.order : undefined);
    const shipment = verb === 'ship' || verb === 'requestShipment' ? real('shipment', fields.id) : undefined;
    const customer =
      verb === 'customer'
        ? scene.customer(fields.id)
        : 'customer' in fields && fields.customer !== undefined
          ? scene.customer(fields.customer)
          : isOrderVerb
            ? scene.ownerOf('order', fields.id)
            : 'order' in fields && fields.order !== undefined
              ? scene.ownerOf('order', fields.order)
              : undefined;
    return {
      ...(order && { order, decisionsBefore: this.records.decisionsOf(order).length }),
      ...(shipment && { shipment }),
      ...(customer && { customer }),
      isAnswerNeeded: answeredByTheGate.includes(verb),
    };
  }

  private async check(step: Step, expect: Expectation, scene: Scene, beside: Asked): Promise<void> {
    const real = (kind: IdKind, id: string | undefined, other?: string) =>
      id === undefined ? other : scene.names.real(kind, id);
    const asked: Asked = { ...beside };
    const [order, customer] = [
      real('order', expect.order?.id, beside.order),
      real('customer', expect.customer, beside.customer),
    ];
    if (order !== undefined) asked.order = order;
    if (customer !== undefined) asked.customer = customer;
    const ask = (request: Request) => this.ask(request);
    try {
      const mismatches = [
        ...decisionMismatches(expect, asked, this.records),
        ...holdMismatches(expect, real('order', expect.hold?.order, asked.order), this.records),
        ...(expect.shipment
          ? shipmentMismatches(expect.shipment, real('shipment', expect.shipment.id, asked.shipment), this.records)
          : []),
        ...(await orderMismatches(expect, asked.order, ask)),
        ...(await accountMismatches(expect, asked, scene, ask)),
        ...orderCountMismatches(expect, asked, scene, this.records),
        ...(await standingMismatches(expect, asked, ask)),
        ...(await notifiedMismatches(expect, asked, scene, ask)),
      ];
      if (mismatches.length > 0) throw await this.failed(step, { mismatches }, asked);
    } catch (error) {
      if (error instanceof StepFailed) throw error;
      throw await this.failed(step, { problem: (error as Error).message }, asked);
    }
  }

  private async failed(step: Step, what: Partial<Failure>, asked: Asked = {}): Promise<StepFailed> {
    const decisionId = asked.order === undefined ? undefined : this.records.effective(asked.order)?.decisionId;
    const record =
      decisionId &&
      (await this.ask({ service: 'customer-credit', method: 'GET', path: `/v1/decisions/${decisionId}` }).catch(
        () => undefined,
      ));
    const verb =
      step.kind === 'verb' ? `${step.isTwice ? 'twice ' : ''}${step.verb} ${asWritten(step.fields)}` : step.kind;
    return new StepFailed(
      this.failure({ line: step.line, step: verb }, { ...what, ...(record ? { decision: record } : {}) }),
    );
  }

  private failure(where: { line: number; step: string }, what: Partial<Failure>): Failure {
    return { mismatches: [], deadLetters: [...this.records.deadLetters], ...where, ...what };
  }
}
