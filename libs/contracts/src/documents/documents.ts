import { readFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { messagesOf } from '../message.ts';
import '../messages/index.ts';
import { asyncapiDocument } from './asyncapi-document.ts';
import { messagesDocument } from './messages-document.ts';
import { schemaDocument } from './schema-document.ts';

/** Path below the repository's root → content of everything that is generated from the messages. */
export async function generatedDocuments(): Promise<Map<string, string>> {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  const contents: [string, string][] = [
    ['docs/messages.md', messagesDocument()],
    ['docs/asyncapi.yaml', asyncapiDocument(version)],
    ...messagesOf().map((definition): [string, string] => [
      `docs/schemas/${definition.type}.json`,
      JSON.stringify(schemaDocument(definition)),
    ]),
  ];
  const config = await resolveConfig(new URL('./documents.ts', import.meta.url));
  const formatted = contents.map(async ([path, text]): Promise<[string, string]> => [
    path,
    await format(text, { ...config, filepath: path }),
  ]);
  return new Map(await Promise.all(formatted));
}
