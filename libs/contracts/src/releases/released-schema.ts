import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format } from 'prettier';
import type { JsonSchema } from '../fields/json-schema.ts';

const fileOf = (type: string): string => fileURLToPath(new URL(`../../released/${type}.json`, import.meta.url));

/** The schema under which this message was released; undefined while it is not. */
export const releasedSchemaOf = (type: string): JsonSchema | undefined =>
  existsSync(fileOf(type)) ? JSON.parse(readFileSync(fileOf(type), 'utf8')) : undefined;

/** Written as Prettier would, so that the files pass the linter. */
export const saveReleasedSchema = async (type: string, schema: JsonSchema): Promise<void> =>
  writeFileSync(fileOf(type), await format(JSON.stringify(schema), { printWidth: 120, parser: 'json' }));
