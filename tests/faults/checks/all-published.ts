import { check } from './check.ts';

/** At rest nothing waits: what a transaction has logged lies on its topic, and the lanes know it. */
export const allPublished = check<'records' | 'tables'>(
  'all-published',
  'every row of every message log is on its topic, and no lane has anything left to publish',
  ({ records, tables }) => {
    const onTopic = new Set(records.map(({ topic, id }) => `${topic} ${id}`));
    return Object.entries(tables).flatMap(([service, { lanes, log }]) => [
      ...lanes
        .filter(({ position, published_position }) => position !== published_position)
        .map(
          ({ consumer, partition, position, published_position }) =>
            `${consumer} partition ${partition} is at ${position} and has published up to ${published_position}`,
        ),
      ...log
        // A dead letter keeps the id of the message that it was.
        .filter(({ topic, id }) => !topic.endsWith('-dlt') && !onTopic.has(`${topic} ${id}`))
        .map(
          ({ topic, id, partition, position }) =>
            `${service} has logged ${id} for ${topic} (partition ${partition}, position ${position}), and it is not there`,
        ),
    ]);
  },
);
