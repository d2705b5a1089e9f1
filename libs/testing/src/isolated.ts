import { applyTopics, createDatabase, readTopics } from '@ordergate/local-infra';
import { randomBytes } from 'node:crypto';
import { testInfra } from './test-infra.ts';

export interface Isolated {
  /** Ends in a dot; no other test has it. */
  topicPrefix: string;
  /** A fresh, empty database. */
  databaseUrl: string;
}

/**
 * A database and a topic prefix of a test's own on the shared servers. Nothing is cleaned up: it ends with the run.
 * @param name what the test is about; letters, digits and dashes of it are seen in the names
 */
export async function isolated(name: string): Promise<Isolated> {
  const readable = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40);
  const unique = `${readable}-${randomBytes(4).toString('hex')}`;
  const databaseUrl = await createDatabase(testInfra().postgresUrl, `test-${unique}`);

  return { topicPrefix: `test-${unique}.`, databaseUrl };
}

/**
 * Topics under a prefix of the test's own, set up as `infra/kafka/topics.yaml` says, dead letters of the named ones included.
 * @param names without prefix; all topics when left out
 * @param partitions fewer than declared start faster; at most as many as declared are made
 * @throws Error for a name that is not declared
 */
export async function createTopics(
  topicPrefix: string,
  names?: string[],
  { partitions }: { partitions?: number } = {},
): Promise<void> {
  const declared = readTopics();
  const unknown = (names ?? []).filter((name) => !declared.some((topic) => topic.name === name));
  if (unknown.length > 0) throw new Error(`not in infra/kafka/topics.yaml: ${unknown.join(', ')}`);

  const isWanted = (name: string) => !names || names.includes(name) || names.includes(name.replace(/-dlt$/, ''));
  const topics = declared
    .filter(({ name }) => isWanted(name))
    .map((topic) => ({ ...topic, partitions: Math.min(topic.partitions, partitions ?? Infinity) }));
  await applyTopics({ brokers: testInfra().brokers, prefix: topicPrefix, topics });
}
