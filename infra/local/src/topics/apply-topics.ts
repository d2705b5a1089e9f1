import kafkajs from 'kafkajs';
import type { Admin, KafkaConfig } from 'kafkajs';
import { withKafkaAdmin } from '../kafka/kafka-client.ts';
import { compareTopics } from './compare-topics.ts';
import type { BrokerTopic, TopicDifference } from './compare-topics.ts';
import { readTopics } from './topics-file.ts';
import type { TopicDeclaration } from './topics-file.ts';

export interface TopicsTarget {
  brokers: string[];
  /** What every name begins with, `ordergate.` unless said otherwise. */
  prefix?: string;
  /** Names without prefix; all of `infra/kafka/topics.yaml` unless said otherwise. */
  topics?: TopicDeclaration[];
  /** TLS and login of a broker of your own. */
  settings?: Partial<KafkaConfig>;
}

/**
 * Makes the missing topics, raises partition counts and sets what differs. Twice is the same as once.
 * @returns what it found different and changed (`too-many-partitions` cannot be changed and is only told)
 */
export async function applyTopics(target: TopicsTarget): Promise<TopicDifference[]> {
  return withKafkaAdmin(
    target.brokers,
    async (admin) => {
      const differences = await differencesOn(admin, target);
      await createMissing(admin, differences);
      await raisePartitions(admin, differences);
      await alterSettings(admin, differences);
      return differences;
    },
    target.settings,
  );
}

/** What `applyTopics` would change; changes nothing. */
export async function diffTopics(target: TopicsTarget): Promise<TopicDifference[]> {
  return withKafkaAdmin(target.brokers, (admin) => differencesOn(admin, target), target.settings);
}

async function differencesOn(
  admin: Admin,
  { prefix = 'ordergate.', topics }: TopicsTarget,
): Promise<TopicDifference[]> {
  const declared = (topics ?? readTopics()).map((topic) => ({ ...topic, name: `${prefix}${topic.name}` }));
  const existing = new Set(await admin.listTopics());
  const names = declared.map(({ name }) => name).filter((name) => existing.has(name));

  return compareTopics(declared, names.length === 0 ? [] : await describeTopics(admin, names));
}

async function describeTopics(admin: Admin, names: string[]): Promise<BrokerTopic[]> {
  const { topics } = await admin.fetchTopicMetadata({ topics: names });
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: names.map((name) => ({ type: kafkajs.ConfigResourceTypes.TOPIC, name })),
  });
  const settings = new Map(
    resources.map(({ resourceName, configEntries }) => [
      resourceName,
      Object.fromEntries(configEntries.filter(isSetOnTopic).map((entry) => [entry.configName, entry.configValue])),
    ]),
  );
  return topics.map(({ name, partitions }) => ({
    name,
    partitions: partitions.length,
    settings: settings.get(name) ?? {},
  }));
}

/** Kafka's own number for "set on this topic", in contrast to what the broker's configuration or defaults say. */
const isSetOnTopic = (entry: { configSource: number }): boolean => entry.configSource === 1;

async function createMissing(admin: Admin, differences: TopicDifference[]): Promise<void> {
  const topics = differences
    .filter((difference) => difference.kind === 'missing')
    .map(({ topic }) => ({
      topic: topic.name,
      numPartitions: topic.partitions,
      // -1: as many copies as the broker's configuration says.
      replicationFactor: -1,
      configEntries: Object.entries(topic.settings).map(([name, value]) => ({ name, value })),
    }));
  // Each has a leader before anybody writes to it: the first send would fail otherwise.
  if (topics.length > 0) await admin.createTopics({ topics, waitForLeaders: true });
}

async function raisePartitions(admin: Admin, differences: TopicDifference[]): Promise<void> {
  const topicPartitions = differences
    .filter((difference) => difference.kind === 'too-few-partitions')
    .map(({ topic }) => ({ topic: topic.name, count: topic.partitions }));
  if (topicPartitions.length > 0) await admin.createPartitions({ topicPartitions });
}

/** The request replaces all settings of a topic, so those that we do not declare are sent along. */
async function alterSettings(admin: Admin, differences: TopicDifference[]): Promise<void> {
  const resources = differences
    .filter((difference) => difference.kind === 'other-settings')
    .map(({ topic, actual }) => ({
      type: kafkajs.ConfigResourceTypes.TOPIC,
      name: topic.name,
      configEntries: Object.entries({ ...actual, ...topic.settings }).map(([name, value]) => ({ name, value })),
    }));
  if (resources.length > 0) await admin.alterConfigs({ validateOnly: false, resources });
}
