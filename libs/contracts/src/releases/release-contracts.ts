import { jsonSchemaOf } from '../fields/json-schema-of.ts';
import { messagesOf } from '../message.ts';
import '../messages/index.ts';
import { breakingChanges } from './breaking-changes.ts';
import { releaseVerdict } from './release-verdict.ts';
import { releasedSchemaOf, saveReleasedSchema } from './released-schema.ts';

/** `npm run contracts:release` takes new messages and new optional fields into `released/`; it refuses anything else and exits 1. */
let count = 0;
for (const { type, shape } of messagesOf()) {
  const [released, current] = [releasedSchemaOf(type), jsonSchemaOf(shape)];
  const verdict = releaseVerdict(type, released, current);
  if (verdict.length === 0) continue;
  if (released !== undefined && breakingChanges(released, current).length > 0) {
    console.error(verdict.join('\n'));
    process.exitCode = 1;
    continue;
  }
  await saveReleasedSchema(type, current);
  count++;
}
console.log(`${count} of ${messagesOf().length} messages released anew`);
