import type { ServiceName } from '../../../tools/demo/services.ts';
import { check } from './check.ts';

/** Who acts on what: topic → types, all of them when none is named. */
const takes: Record<ServiceName, Readonly<Record<string, readonly string[]>>> = {
  order: { orders: [], 'credit-decisions': [] },
  'customer-credit': { orders: [], receivables: [], customers: [] },
  collections: { receivables: [], customers: [] },
  notification: { 'credit-decisions': ['OrderHeld.v1'], customers: [] },
};

/** The inbox remembers every message that changed something; one that is not in it was lost or is not guarded. */
export const everyMessageTaken = check<'records' | 'tables'>(
  'every-message-taken',
  'every message on a topic is in the inbox of each service that acts on it',
  ({ records, tables }) =>
    (Object.keys(takes) as ServiceName[]).flatMap((service) => {
      const taken = new Set(tables[service].inbox.map(({ source, id }) => `${source} ${id}`));
      const isMissing = ({ source, id }: { source: string; id: string }): boolean => !taken.has(`${source} ${id}`);
      return records
        .filter(({ topic, type }) => {
          const types = takes[service][topic];
          return types !== undefined && (types.length === 0 || types.includes(type));
        })
        .filter(isMissing)
        .map(
          ({ type, id, topic, partition, offset }) =>
            `${service} has no trace of ${type} ${id} (${topic}, partition ${partition}, offset ${offset})`,
        );
    }),
);
