import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { Parser } from '@asyncapi/parser';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { jsonSchemaOf, messagesOf, parse } from '../index.ts';
import { goldenExampleOf } from '../messages/golden-example.ts';
import { asyncapiDocument } from './asyncapi-document.ts';
import { generatedDocuments } from './documents.ts';

describe('the generated documents', () => {
  it('in the repository are what the contracts say (npm run generate)', async () => {
    const documents = await generatedDocuments();
    expect(documents.size).toBe(messagesOf().length + 2);
    for (const [path, text] of documents) {
      expect({ path, text: readFileSync(new URL(`../../../../${path}`, import.meta.url), 'utf8') }).toEqual({
        path,
        text,
      });
    }
  });

  it('describe the topics in valid AsyncAPI 3', async () => {
    const { document, diagnostics } = await new Parser().parse(asyncapiDocument('0.1.0'));
    expect(diagnostics.filter(({ severity }) => severity === 0)).toEqual([]);
    expect(document?.version()).toBe('3.0.0');
    expect(document?.allMessages().length).toBe(messagesOf().length);
  });
});

describe.each(messagesOf())('the JSON Schema of $type', (definition) => {
  const accepts = new Ajv2020({
    strict: true,
    strictRequired: false,
    formats: { date: true, 'date-time': true },
  }).compile(jsonSchemaOf(definition.shape));
  const example = goldenExampleOf(definition);

  it('takes the example', () => {
    accepts(example);
    expect(accepts.errors).toBeNull();
  });

  it.each(Object.keys(example))('knows as well as the reader whether %s may be missing', (field) => {
    const { [field]: _missing, ...rest } = example;
    expect(accepts(rest)).toBe(parse(definition.type, rest).ok);
  });
});
