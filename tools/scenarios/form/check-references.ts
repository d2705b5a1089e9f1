import { flatVerbs, ownersOf, type IdKind } from '../cast.ts';
import type { Step, Story, VerbStep } from '../story.ts';
import type { Expectation } from './expect-form.ts';
import type { Problem } from './reading.ts';

/** What each step speaks of must be somewhere in the story: whose order is cancelled, which invoice is disputed. */
export function referenceProblems(story: Story): Problem[] {
  const owners = ownersOf(story.steps);
  const verbs = flatVerbs(story.steps).flatMap((step) => {
    const texts = [...verbProblems(step, owners), ...besideProblems(step)];
    return texts.map((text) => ({ line: step.line, text: `${step.verb}: ${text}` }));
  });
  return [
    ...verbs,
    ...expectSteps(story.steps).flatMap(({ expect, line }) => ownProblems(expect).map((text) => ({ line, text }))),
  ];
}

function verbProblems(step: VerbStep, owners: ReadonlyMap<string, string>): string[] {
  const named = namedThing(step);
  const isUnknown = named !== null && !owners.has(`${named.kind}:${named.id}`);
  const unknown = isUnknown ? [`there is no ${named.kind} "${named.id}" in this story; ${named.cure}`] : [];
  switch (step.verb) {
    case 'writeOff':
      return step.fields.invoice || step.fields.allocations ? [] : ['names no invoice'];
    case 'rate':
      return step.fields.from === step.fields.to ? [`from and to are both ${step.fields.to}`] : [];
    case 'block':
    case 'unblock':
    case 'forceHold':
    case 'liftForceHold':
      return (step.fields.customer === undefined) === (step.fields.order === undefined)
        ? ['names a customer or an order, one of them']
        : unknown;
    default:
      return unknown;
  }
}

/** What a verb does something with; whose it is says another step. */
function namedThing({ verb, fields }: VerbStep): { kind: IdKind; id: string; cure: string } | null {
  switch (verb) {
    case 'cancel':
      return { kind: 'order', id: fields.id, cure: 'place it' };
    case 'amend':
      return { kind: 'order', id: fields.id, cure: 'place it, or name its customer' };
    case 'clear':
    case 'bounce':
      return { kind: 'instrument', id: fields.id, cure: 'let it come in by instrument' };
    case 'dispute':
      return { kind: 'invoice', id: fields.invoice, cure: 'post it by invoice' };
    case 'resolve':
      return { kind: 'dispute', id: fields.id, cure: 'open it by dispute' };
    default: {
      const order = verb !== 'invoice' && 'order' in fields ? fields.order : undefined;
      return order === undefined ? null : { kind: 'order', id: order, cure: 'place it' };
    }
  }
}

const ofOrders = ['place', 'amend', 'cancel', 'ship', 'requestShipment', 'release', 'decline'];

function besideProblems(step: VerbStep): string[] {
  const expect = step.expect;
  const isAboutOrder = ofOrders.includes(step.verb) || 'order' in step.fields || expect?.order?.id !== undefined;
  const asked = orderQuestions(expect);
  return asked.length > 0 && !isAboutOrder ? [`expect.${asked[0]} asks about an order, and none is named here`] : [];
}

function ownProblems(expect: Expectation): string[] {
  const asked = orderQuestions(expect);
  const accounts = (
    ['exposure', 'available', 'limit', 'standing', 'approvedOrders', 'heldOrders', 'alerts'] as const
  ).filter((name) => expect[name] !== undefined);
  return [
    ...(asked.length > 0 && !expect.order?.id ? [`expect.${asked[0]} asks about an order; name it: order: O`] : []),
    ...(accounts.length > 0 && !expect.customer && !expect.group
      ? [`expect.${accounts[0]} asks about an account; name its customer`]
      : []),
    ...(expect.hold && !expect.hold.order && !expect.order?.id ? ['expect.hold names no order'] : []),
    ...(expect.shipment && !expect.shipment.id ? ['expect.shipment names no id'] : []),
    ...(expect.notified && !expect.customer && !expect.order?.id
      ? ['expect.notified names neither customer nor order']
      : []),
    ...(expect.refused !== undefined ? ['expect.refused stands beside the verb that is refused'] : []),
  ];
}

const orderQuestions = (expect: Expectation | undefined): string[] =>
  (['outcome', 'reasons', 'reasonsInclude', 'decisions'] as const).filter((name) => expect?.[name] !== undefined);

const expectSteps = (steps: readonly Step[]): { expect: Expectation; line: number }[] =>
  steps.flatMap((step) => (step.kind === 'expect' ? [step] : step.kind === 'repeat' ? expectSteps(step.steps) : []));
