import type { Asked } from '../checks/mismatch.ts';
import type { VerbStep } from '../story.ts';
import type { StoryRecords } from '../system/heard.ts';
import type { Scene } from './scene.ts';

const answeredByTheGate: readonly string[] = ['place', 'amend', 'release', 'decline'];

/** What `expect` beside a verb is about. */
export function askedAbout(step: VerbStep, scene: Scene, records: StoryRecords): Asked {
  const order = orderOf(step);
  const customer = customerOf(step) ?? (order === undefined ? undefined : scene.memory.owners.get(`order:${order}`));
  const orderId = order === undefined ? undefined : scene.names.real('order', order);
  const isShipment = step.verb === 'ship' || step.verb === 'requestShipment';
  return {
    ...(orderId && { order: orderId, decisionsBefore: records.decisionsOf(orderId).length }),
    ...(isShipment && { shipment: scene.names.real('shipment', step.fields.id) }),
    ...(customer && { customer: scene.customer(customer) }),
    isAnswerNeeded: answeredByTheGate.includes(step.verb),
  };
}

function orderOf({ verb, fields }: VerbStep): string | undefined {
  if (verb === 'place' || verb === 'amend' || verb === 'cancel') return fields.id;
  return 'order' in fields ? fields.order : undefined;
}

function customerOf({ verb, fields }: VerbStep): string | undefined {
  if (verb === 'customer') return fields.id;
  return 'customer' in fields ? fields.customer : undefined;
}
