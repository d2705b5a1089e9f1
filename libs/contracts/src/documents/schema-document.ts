import { jsonSchemaOf } from '../fields/json-schema-of.ts';
import type { MessageDefinition } from '../message.ts';
import { goldenExampleOf } from '../messages/golden-example.ts';

/** The JSON Schema file of a message, complete in itself. */
export const schemaDocument = (definition: MessageDefinition): object => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: `urn:ordergate:message:${definition.type}`,
  title: definition.type,
  description: definition.doc,
  ...jsonSchemaOf(definition.shape),
  examples: [goldenExampleOf(definition)],
});
