import { applyTopics, createDatabase, dropDatabase, withKafkaAdmin, type TopicsTarget } from '@ordergate/local-infra';
import type { Admin, KafkaJSDeleteGroupsError, KafkaJSProtocolError } from 'kafkajs';
import { setTimeout as pause } from 'node:timers/promises';
import { kafkaLogin } from '../../infra/local/src/kafka/kafka-login.ts';
import { serviceNames, type ServiceName } from './services.ts';

/** Of the demo alone, so that a later real run on the same servers does not inherit its years. */
export const demoPrefix = 'demo.';

/** Empty databases for the services, their names begin with `begin`; what a run before has left is dropped. */
export async function freshDatabases(postgresUrl: string, begin: string): Promise<Record<ServiceName, string>> {
  const urls = {} as Record<ServiceName, string>;
  for (const name of serviceNames) {
    const database = `${begin}_${name.replace('-', '_')}`;
    await dropDatabase(postgresUrl, database);
    urls[name] = await createDatabase(postgresUrl, database);
  }
  return urls;
}

/** Empty topics under a prefix, and no consumer group that remembers older ones. */
export async function freshTopics(brokers: string[], prefix: string): Promise<void> {
  const settings = kafkaLogin();
  await withKafkaAdmin(
    brokers,
    async (admin) => {
      const leftOvers = async () => (await admin.listTopics()).filter((topic) => topic.startsWith(prefix));
      const topics = await leftOvers();
      if (topics.length > 0) await admin.deleteTopics({ topics });
      while ((await leftOvers()).length > 0) await pause(50);
      for (const group of groupsUnder(prefix)) await forgetGroup(admin, group);
    },
    settings,
  );
  await applyPatiently({ brokers, prefix, settings });
}

const groupsUnder = (prefix: string): string[] =>
  serviceNames.flatMap((name) => [`${prefix}${name}`, `${prefix}${name}.calendar`]);
const unknownGroup = 69;

/**
 * A group that remembers positions of topics that are gone would skip messages of the new ones. Not by the list of groups:
 * a broker that has just started does not have it yet, and says so only when asked for one.
 */
async function forgetGroup(admin: Admin, group: string, giveUpAt = Date.now() + 30_000): Promise<void> {
  for (;;) {
    try {
      await admin.deleteGroups([group]);
      return;
    } catch (error) {
      const { groups } = error as Partial<KafkaJSDeleteGroupsError>;
      if (groups?.every((refused) => (refused as { errorCode?: number }).errorCode === unknownGroup)) return;
      if (Date.now() > giveUpAt) throw error;
      await pause(100);
    }
  }
}

/** A broker that has just deleted topics of the same names needs a moment until it hosts the new ones. */
async function applyPatiently(target: TopicsTarget, giveUpAt = Date.now() + 30_000): Promise<void> {
  for (;;) {
    try {
      await applyTopics(target);
      return;
    } catch (error) {
      if ((error as KafkaJSProtocolError).type !== 'UNKNOWN_TOPIC_OR_PARTITION' || Date.now() > giveUpAt) throw error;
      await pause(200);
    }
  }
}
