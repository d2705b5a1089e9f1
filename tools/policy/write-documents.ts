import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { policySchema } from '../../services/customer-credit/src/policy-document/policy-schema.ts';
import { policyReference } from './policy-reference.ts';

/** `npm run generate` writes what describes the policy; with --check it only says which file differs, and exits 1 if any does. */
const path = (name: string): string => fileURLToPath(new URL(`../../docs/${name}`, import.meta.url));
const config = await resolveConfig(path('policy.md'));
const documents = { 'policy.schema.json': JSON.stringify(policySchema), 'policy.md': policyReference() };

for (const [name, content] of Object.entries(documents)) {
  const text = await format(content, { ...config, filepath: path(name) });
  if (existsSync(path(name)) && readFileSync(path(name), 'utf8') === text) continue;
  if (process.argv.includes('--check')) {
    console.error(`docs/${name} is not what the policy's schema and facts say: run npm run generate`);
    process.exitCode = 1;
  } else {
    writeFileSync(path(name), text);
    console.log(`docs/${name} written`);
  }
}
