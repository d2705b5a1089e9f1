import kafkajs, { type Admin } from 'kafkajs';

/** A Node process that never blocks its loop for more than 100 ms can promise a heartbeat in this time. */
const shortestMs = 2_000;
/** What every broker takes that nobody has set otherwise (`group.min.session.timeout.ms`). */
const brokerDefaultMs = 6_000;
const setting = 'group.min.session.timeout.ms';

/**
 * How soon the group shall notice that a member is dead, in ms: the shorter, the sooner somebody decides in its place.
 * The shortest that the brokers take and a service can hold; where asking is not allowed, what brokers take by default.
 */
export async function shortestSessionTimeout(admin: Admin): Promise<number> {
  try {
    const { brokers } = await admin.describeCluster();
    const { resources } = await admin.describeConfigs({
      includeSynonyms: false,
      resources: [
        { type: kafkajs.ConfigResourceTypes.BROKER, name: String(brokers[0]!.nodeId), configNames: [setting] },
      ],
    });
    const least = Number(resources[0]?.configEntries[0]?.configValue);
    return least > 0 ? Math.max(least, shortestMs) : brokerDefaultMs;
  } catch {
    return brokerDefaultMs;
  }
}
