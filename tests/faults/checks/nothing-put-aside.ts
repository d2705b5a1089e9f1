import { check } from './check.ts';

/** The load sends nothing that is wrong: whatever is put aside was put aside because of an outage. */
export const nothingPutAside = check<'records' | 'tables'>(
  'nothing-put-aside',
  'no outage makes a message a dead letter or parks it',
  ({ records, tables }) => [
    ...records
      .filter(({ topic }) => topic.endsWith('-dlt'))
      .map(({ topic, id, type }) => `${type} ${id} lies on ${topic}`),
    ...Object.entries(tables).flatMap(([service, { parked }]) =>
      parked.map((reason) => `${service} has parked a message: ${reason}`),
    ),
  ],
);
