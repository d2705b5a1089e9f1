import type { Topic } from '@ordergate/contracts';
import type { Logger } from '@ordergate/observability';
import type { LaneHandlers } from './chunk-transaction.ts';
import { decode, refuse, type Decoded, type Expected } from './decode.ts';
import type { RawRecord } from './delivery.ts';
import { partitionOf } from './partition-of.ts';
import { unwrapForwarded } from './record-forwarded.v1.ts';

interface Decoding {
  /** By topic without prefix. */
  expectations: ReadonlyMap<string, Expected>;
  forwardTo: Topic | undefined;
  keyedPartitions: number | undefined;
  logger: Logger;
}

const sendersMax = 1_000;

/** How the records of a service's topics are read: as they come, unpacked if forwarded, refused where they do not belong. */
export function decoding(options: Decoding): Pick<LaneHandlers, 'decode' | 'decodeParked'> {
  const { expectations, forwardTo, keyedPartitions } = options;
  const placed = forwardTo && keyedPartitions ? { keyedPartitions } : {};
  const sayOnce = curePrinter(options.logger);

  const decodeParked = (record: RawRecord, lanePartition: number): Decoded => {
    const expected = expectations.get(record.topic);
    if (!expected)
      return refuse(record, 'topic', `${record.topic} is not read by this service any more`, lanePartition);
    return decode(record, expected, lanePartition);
  };
  const decodeForwarded = (record: RawRecord, lanePartition: number): Decoded | null => {
    const unwrapped = unwrapForwarded(record);
    if (unwrapped === 'not-forwarded') return null;
    if (unwrapped === 'unreadable') return refuse(record, 'value', 'must be a forwarded record', lanePartition);
    const { original, customerId } = unwrapped;
    // Only the customer's own lane may handle it, so a hop that went wrong ends here.
    if (keyedPartitions && partitionOf(customerId, keyedPartitions) !== lanePartition)
      return refuse(record, 'customerId', 'must be of this partition', lanePartition);
    const decoded = decodeParked(original, lanePartition);
    if (decoded.kind === 'delivery' && decoded.delivery.customerId !== customerId)
      return refuse(record, 'customerId', 'must be that of the forwarded record', lanePartition);
    return decoded;
  };
  return {
    decodeParked,
    decode: (record, lanePartition) => {
      const forwarded = record.topic === forwardTo ? decodeForwarded(record, lanePartition) : null;
      if (forwarded) return forwarded;
      const decoded = decode(record, { ...expectations.get(record.topic)!, ...placed }, lanePartition);
      if (decoded.kind === 'misplaced') sayOnce(decoded.undecided.source, record.topic);
      return decoded;
    },
  };
}

/** Once per sender: what makes the hop through the commands unnecessary. */
function curePrinter(logger: Logger): (source: string, topic: string) => void {
  const told = new Set<string>();
  return (source, topic) => {
    if (told.has(source) || told.size >= sendersMax) return;
    told.add(source);
    logger.warn(
      `${source} writes to ${topic} without the customerId as key or with another partitioner; its messages take a hop. ` +
        'The cure: key = customerId, and partitioner=murmur2_random for librdkafka clients',
    );
  };
}
