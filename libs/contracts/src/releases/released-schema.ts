import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { JsonSchema } from '../fields/json-schema.ts';

const fileOf = (type: string): string => fileURLToPath(new URL(`../../released/${type}.json`, import.meta.url));

/** The schema under which this message was released; undefined while it is not. */
export const releasedSchemaOf = (type: string): JsonSchema | undefined =>
  existsSync(fileOf(type)) ? JSON.parse(readFileSync(fileOf(type), 'utf8')) : undefined;

export const saveReleasedSchema = (type: string, schema: JsonSchema): void =>
  writeFileSync(fileOf(type), `${JSON.stringify(schema, null, 2)}\n`);
