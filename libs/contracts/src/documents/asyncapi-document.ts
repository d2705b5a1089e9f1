import { stringify } from 'yaml';
import { jsonSchemaOf } from '../fields/json-schema-of.ts';
import { type MessageDefinition, messagesOf } from '../message.ts';
import { goldenExampleOf } from '../messages/golden-example.ts';
import { type TopicDefinition, topicDefinitions, topicName } from '../topics.ts';

const prefix = 'ordergate.';
const text = { type: 'string' };

/** All public topics and messages as one AsyncAPI 3.0 document, in YAML, seen from Ordergate: it receives orders and sends decisions. */
export function asyncapiDocument(version: string): string {
  const published = topicDefinitions.filter(({ name }) => messagesOf(name).length > 0);
  const document = {
    asyncapi: '3.0.0',
    info: {
      title: 'Ordergate',
      version,
      description:
        'The messages of the credit gate over Kafka, as CloudEvents 1.0 in JSON. Binary mode is written; binary and structured mode are read. The topic prefix is configurable.',
      license: { name: 'MIT' },
    },
    defaultContentType: 'application/json',
    channels: Object.fromEntries(published.map((topic) => [topic.name, channel(topic)])),
    operations: Object.fromEntries(published.map(operation)),
    components: {
      messages: Object.fromEntries(messagesOf().map((definition) => [definition.type, message(definition)])),
      messageTraits: { cloudEvent },
    },
  };
  return stringify(document, { aliasDuplicateObjects: false, lineWidth: 0 });
}

const channel = ({ name, doc, partitions, compacted }: TopicDefinition): object => ({
  address: topicName(prefix, name),
  description: doc,
  messages: Object.fromEntries(messagesOf(name).map(({ type }) => [type, { $ref: `#/components/messages/${type}` }])),
  bindings: {
    kafka: {
      partitions,
      ...(compacted && { topicConfiguration: { 'cleanup.policy': ['compact'] } }),
      bindingVersion: '0.5.0',
    },
  },
});

const operation = ({ name, direction, doc }: TopicDefinition): [string, object] => {
  const action = direction === 'in' ? 'receive' : 'send';
  return [`${action}-${name}`, { action, summary: doc, channel: { $ref: `#/channels/${name}` } }];
};

const message = (definition: MessageDefinition): object => ({
  name: definition.type,
  title: definition.type,
  summary: definition.doc,
  traits: [{ $ref: '#/components/messageTraits/cloudEvent' }],
  bindings: { kafka: { key: { type: 'string', description: definition.key }, bindingVersion: '0.5.0' } },
  payload: jsonSchemaOf(definition.shape),
  examples: [{ payload: goldenExampleOf(definition) }],
});

const cloudEvent = {
  contentType: 'application/json',
  headers: {
    type: 'object',
    required: ['ce_specversion', 'ce_id', 'ce_type', 'ce_source'],
    properties: {
      ce_specversion: { type: 'string', const: '1.0' },
      ce_id: { ...text, description: 'Unique for its source; duplicates are recognised by source and id' },
      ce_type: { ...text, description: 'Class name and version: OrderPlaced.v1' },
      ce_source: { ...text, description: 'Who sends' },
      ce_time: { ...text, format: 'date-time' },
      ce_correlationid: { ...text, description: 'The order or document the chain started from' },
      ce_causationid: { ...text, description: 'The message that caused this one' },
      traceparent: { ...text, description: 'W3C trace context' },
    },
  },
};
