import type { Step, Story, VerbStep } from './story.ts';
import type { VerbName } from './form/verb-forms.ts';

export type IdKind =
  | 'customer'
  | 'group'
  | 'order'
  | 'shipment'
  | 'invoice'
  | 'creditNote'
  | 'payment'
  | 'instrument'
  | 'writeOff'
  | 'dispute'
  | 'promise'
  | 'collateral';

/** Verbs whose `id` names something new (or the same again). */
export const idKinds: Partial<Record<VerbName, IdKind>> = {
  customer: 'customer',
  group: 'group',
  place: 'order',
  amend: 'order',
  requestShipment: 'shipment',
  ship: 'shipment',
  invoice: 'invoice',
  creditNote: 'creditNote',
  pay: 'payment',
  instrument: 'instrument',
  writeOff: 'writeOff',
  dispute: 'dispute',
  promise: 'promise',
  collateral: 'collateral',
};

/** Every verb of a story in the order of the text, those inside `repeat` and `parallel` once. */
export const flatVerbs = (steps: readonly Step[]): VerbStep[] =>
  steps.flatMap((step) => {
    if (step.kind === 'verb') return [step];
    return step.kind === 'parallel' || step.kind === 'repeat' ? flatVerbs(step.steps) : [];
  });

/** Whose it is: `order:O` → the customer's id in the story; of shipments the order's. An order may be named before it is placed. */
export function ownersOf(steps: readonly Step[]): Map<string, string> {
  const owners = new Map<string, string>();
  const own = (kind: IdKind, id: string, customer: string | undefined): void => {
    if (customer !== undefined) owners.set(`${kind}:${id}`, customer);
  };
  const verbs = flatVerbs(steps);
  for (const { verb, fields } of verbs) {
    const kind = idKinds[verb];
    if (kind && 'id' in fields && 'customer' in fields) own(kind, fields.id, fields.customer);
  }
  for (const step of verbs) {
    if (step.verb === 'dispute') own('dispute', step.fields.id, owners.get(`invoice:${step.fields.invoice}`));
    if (step.verb === 'ship' || step.verb === 'requestShipment')
      own('shipment', step.fields.id, owners.get(`order:${step.fields.order}`));
  }
  return owners;
}

/** The names of a story's things in the running system: its own before each, a round's number behind it. */
export class Names {
  readonly prefix: string;
  private readonly suffix: string;
  private readonly outer: Names | null;
  private readonly defined: ReadonlySet<string>;

  private constructor(prefix: string, suffix: string, outer: Names | null, steps: readonly Step[]) {
    this.prefix = prefix;
    this.suffix = suffix;
    this.outer = outer;
    this.defined = definedBy(steps);
  }

  /** @param runTag keeps apart what several runs tell the same system; '' for a fresh one */
  static of(story: Story, runTag: string): Names {
    return new Names(`${runTag}${story.id}:`, '', null, story.steps);
  }

  /** Inside `repeat`: what is made there is made anew in each round, what was there before is the same for all. */
  inRound(steps: readonly Step[], round: number): Names {
    return new Names(this.prefix, `${this.suffix}-${round}`, this, steps);
  }

  real(kind: IdKind, id: string): string {
    return `${this.prefix}${id}${this.suffixOf(`${kind}:${id}`)}`;
  }

  /** Representatives and users: a person may be both. */
  person(id: string): string {
    return `${this.prefix}${id}`;
  }

  private suffixOf(name: string): string {
    if (this.outer?.knows(name)) return this.outer.suffixOf(name);
    return this.defined.has(name) ? this.suffix : (this.outer?.suffixOf(name) ?? '');
  }

  private knows(name: string): boolean {
    return this.defined.has(name) || (this.outer?.knows(name) ?? false);
  }
}

/** Not what a `repeat` inside makes. */
const definedBy = (steps: readonly Step[]): Set<string> =>
  new Set(
    steps.flatMap((step) => {
      const verbs = step.kind === 'verb' ? [step] : step.kind === 'parallel' ? step.steps : [];
      return verbs.flatMap(({ verb, fields }) =>
        idKinds[verb] && 'id' in fields ? [`${idKinds[verb]}:${fields.id}`] : [],
      );
    }),
  );

/** Every customer that a story speaks of, by its real name, those of all rounds included. */
export function customersOf(steps: readonly Step[], names: Names): string[] {
  const customers = steps.flatMap((step) => {
    switch (step.kind) {
      case 'repeat':
        return Array.from({ length: step.times }, (_, at) =>
          customersOf(step.steps, names.inRound(step.steps, at + 1)),
        ).flat();
      case 'parallel':
        return customersOf(step.steps, names);
      case 'verb': {
        const { verb, fields } = step;
        const id = verb === 'customer' ? fields.id : 'customer' in fields ? fields.customer : undefined;
        return id === undefined ? [] : [names.real('customer', id)];
      }
      default:
        return [];
    }
  });
  return [...new Set(customers)];
}
