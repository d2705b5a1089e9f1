import { type MessageDefinition, messagesOf } from '../message.ts';
import { goldenExampleOf } from '../messages/golden-example.ts';
import { declineReasonCodes, reasonCodes, shipmentReasonCodes } from '../messages/parts/reason-v1.ts';
import { type TopicDefinition, topicDefinitions, topicName } from '../topics.ts';
import { fieldTable, nestedShapes, titleOf } from './field-table.ts';

const introduction = `# Messages

Generated from \`libs/contracts\` by \`npm run generate\`; the same as [AsyncAPI](asyncapi.yaml) and, one file a message, as [JSON Schema](schemas).

- The value is JSON in UTF-8; the envelope is CloudEvents 1.0 over Kafka. Binary mode (headers \`ce_specversion: 1.0\`, \`ce_id\`, \`ce_type\`, \`ce_source\`, \`ce_time\`) is written, binary and structured mode are read. \`ce_type\` is the heading of a message below.
- Topic names take a prefix, \`ordergate.\` by default. The key of the record is the field named as key.
- Unknown fields are ignored; null counts as left out. A message that does not fit goes to \`<topic>-dlt\` with every violation named.
- **Money** is \`{ "amount": "1234.50", "currency": "EUR" }\`: a decimal string with at most 15 integer digits and no more fraction digits than the ISO 4217 currency has.
- **Identifiers** are 1 to 64 of letters, digits and \`. _ : / -\`, starting with a letter or digit.
- **Days** are \`YYYY-MM-DD\` from 1900-01-01 on, **instants** RFC 3339 in UTC (\`2026-11-21T10:00:00Z\`), **decimal strings** have at most 15 integer and 8 fraction digits.
- **Text** must not contain NUL or half a surrogate pair; required text must not be empty.
- A message may gain optional fields. Any other change is a new version (\`OrderPlaced.v2\`) beside the old one.
`;

/** The reference of all messages for people, in Markdown. */
export function messagesDocument(): string {
  const published = topicDefinitions.filter(({ name }) => messagesOf(name).length > 0);
  return [introduction, overview(published), ...published.map(topicChapter), reasonsChapter(), shapesChapter()].join(
    '\n\n',
  );
}

function overview(published: readonly TopicDefinition[]): string {
  const rows = published.map(
    ({ name, writtenBy, doc }) => `| [${topicName('ordergate.', name)}](#ordergate${name}) | ${writtenBy} | ${doc} |`,
  );
  return ['| topic | who writes | what |', '|---|---|---|', ...rows].join('\n');
}

function topicChapter(topic: TopicDefinition): string {
  const definitions = messagesOf(topic.name);
  const rows = definitions.map(({ type, doc }) => `| [${type}](#${anchor(type)}) | ${doc} |`);
  const kept = topic.compacted ? ', compacted' : '';
  return [
    `## ${topicName('ordergate.', topic.name)}`,
    `${topic.doc} Written by: ${topic.writtenBy}. Key: \`${definitions[0]!.key}\`. ${topic.partitions} partition${topic.partitions === 1 ? '' : 's'}${kept}.`,
    ['| message | what it says |', '|---|---|', ...rows].join('\n'),
    ...definitions.map(messageSection),
  ].join('\n\n');
}

const messageSection = (definition: MessageDefinition): string =>
  [
    `### ${definition.type}`,
    definition.doc,
    fieldTable(definition.shape),
    '<details><summary>Example</summary>',
    ['```json', JSON.stringify(goldenExampleOf(definition), null, 2), '```'].join('\n'),
    '</details>',
  ].join('\n\n');

const reasonsChapter = (): string =>
  [
    '## Reason codes',
    'Reasons come in this order. Readers must take codes that they do not know.',
    [...reasonCodes, 'custom:<name>'].map((code) => `- \`${code}\``).join('\n'),
    `A hold that the policy ends, after what has held the order: ${declineReasonCodes.map((code) => `\`${code}\``).join(', ')}.`,
    `A refused shipment: ${shipmentReasonCodes.map((code) => `\`${code}\``).join(', ')}.`,
  ].join('\n\n');

const shapesChapter = (): string =>
  [
    '## Shapes that messages share',
    ...nestedShapes(messagesOf().map(({ shape }) => shape)).map(
      (shape) => `### ${titleOf(shape)}\n\n${fieldTable(shape)}`,
    ),
  ].join('\n\n');

const anchor = (heading: string): string => heading.toLowerCase().replaceAll('.', '');
