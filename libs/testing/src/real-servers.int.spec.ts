import { applyTopics, diffTopics } from '@ordergate/local-infra';
import type { TopicDeclaration } from '@ordergate/local-infra';
import { describe, expect, it, jest } from '@jest/globals';
import pg from 'pg';
import { createTopics, isolated } from './isolated.ts';
import { publish } from './publish.ts';
import { testInfra } from './test-infra.ts';
import { readTopic } from './topic-reader.ts';

jest.setTimeout(30_000);

describe('the servers of a test run', () => {
  it('keep what is written to Postgres, each test in a database of its own', async () => {
    const { databaseUrl } = await isolated('real servers');
    const client = new pg.Client({ connectionString: databaseUrl });
    await client.connect();
    try {
      await client.query('create table kept (id int primary key, words text)');
      await client.query('insert into kept values (1, $1)', ['Yıldız Gıda A.Ş.']);
      const { rows } = await client.query(
        `select words, current_setting('server_version_num')::int / 10000 as version, current_setting('synchronous_commit') as commit from kept`,
      );
      expect(rows).toEqual([{ words: 'Yıldız Gıda A.Ş.', version: 18, commit: 'on' }]);
    } finally {
      await client.end();
    }
  });

  it('give back from the broker what was published: bytes, key, headers, order', async () => {
    const { topicPrefix } = await isolated('round trip');
    await createTopics(topicPrefix, ['orders'], { partitions: 2 });
    const topic = `${topicPrefix}orders`;
    await publish(testInfra().brokers, topic, [
      { key: 'C-42', value: '{"orderId":"SO-1"}', headers: { ce_id: 'm-1' }, partition: 1 },
      { key: 'C-42', value: Buffer.from('no json'), partition: 1 },
      { key: 'C-42', value: null, partition: 1 },
    ]);
    const reader = await readTopic(topic);
    try {
      const records = await reader.waitFor(3);
      expect(records).toMatchObject([
        { key: 'C-42', value: { orderId: 'SO-1' }, headers: { ce_id: 'm-1' }, partition: 1, offset: '0' },
        { value: 'no json', raw: Buffer.from('no json'), offset: '1' },
        { value: null, raw: null, offset: '2' },
      ]);
    } finally {
      await reader.stop();
    }
  });

  it('refuse a topic that nobody declared', async () => {
    const { topicPrefix } = await isolated('undeclared');
    await expect(createTopics(topicPrefix, ['ordres'])).rejects.toThrow('not in infra/kafka/topics.yaml: ordres');
    await expect(publish(testInfra().brokers, `${topicPrefix}ordres`, [{ value: 'x' }])).rejects.toThrow();
  });

  it('have the declared topics, and applying them again changes nothing', async () => {
    const { topicPrefix: prefix } = await isolated('topics twice');
    const target = { brokers: testInfra().brokers, prefix };
    const topics: TopicDeclaration[] = [
      { name: 'orders', partitions: 2, settings: { 'cleanup.policy': 'delete', 'retention.ms': '2592000000' } },
      { name: 'customers', partitions: 1, settings: { 'cleanup.policy': 'compact' } },
    ];
    expect(await applyTopics({ ...target, topics })).toMatchObject([{ kind: 'missing' }, { kind: 'missing' }]);
    expect(await applyTopics({ ...target, topics })).toEqual([]);

    const changed = [
      { name: 'orders', partitions: 3, settings: { 'cleanup.policy': 'delete', 'max.message.bytes': '2097152' } },
    ];
    const kinds = [
      { kind: 'too-few-partitions', actual: 2 },
      { kind: 'other-settings', names: ['max.message.bytes'] },
    ];
    expect(await diffTopics({ ...target, topics: changed })).toMatchObject(kinds);
    expect(await applyTopics({ ...target, topics: changed })).toMatchObject(kinds);
    expect(await diffTopics({ ...target, topics: changed })).toEqual([]);
    // The setting that the second declaration does not name has stayed.
    expect(await diffTopics({ ...target, topics: [{ ...topics[0]!, partitions: 3 }] })).toEqual([]);
  });
});
