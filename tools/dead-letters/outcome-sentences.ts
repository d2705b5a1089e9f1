import { waitsBehind } from '../../libs/messaging/src/parked-messages.ts';
import type { Ended, ParkedMessage, Queue } from './parked-table.ts';
import { printable } from './printable.ts';
import type { Answer, Wish } from './retry-or-discard.ts';

/** What became of the wish, in sentences. */
export function outcomeSentences({ verb }: Wish, { count, ended, left, queues }: Answer): string[] {
  if (count === 0) return ['Nothing of that is parked (any more): see list.'];
  const sentences = [...Map.groupBy(ended, ({ topic, outcome }) => `${topic} ${outcome}`).values()].map(ending);
  const untouched = left.filter(({ wanted }) => wanted !== null);
  if (untouched.length > 0)
    return [
      ...sentences,
      `Nobody has taken up the wish to ${verb} ${named(untouched)}: is the service running? The wish stands until it does.`,
    ];
  const topics = new Set([...ended, ...left].map(({ topic }) => topic));
  return [...sentences, ...queues.filter(({ topic }) => topics.has(topic)).map((queue) => remains(verb, queue))];
}

function ending(messages: Ended[]): string {
  const how = messages[0]!.outcome === 'handled' ? 'handled' : 'thrown away';
  return `${named(messages)} ${messages.length === 1 ? 'was' : 'were'} ${how}.`;
}

function named(messages: readonly (Ended | ParkedMessage)[]): string {
  const { id, customer, topic } = messages[0]!;
  const which = messages.length === 1 ? `Message ${id}` : `${messages.length} messages, ${id} and later,`;
  return `${which} of ${printable(customer)} on ${topic}`;
}

function remains(verb: Wish['verb'], { customer, topic, oldestId, count, reason }: Queue): string {
  const where = `of ${printable(customer)} on ${topic}`;
  // Without the one they waited for, a lane takes them on its next round.
  if (verb === 'discard' && reason === waitsBehind) return `${count} later ${where} waited behind it and go on now.`;
  const others = count > 1 ? `; ${count - 1} behind it` : '';
  return `Message ${oldestId} ${where} is still parked${others}: ${printable(reason)}.`;
}
