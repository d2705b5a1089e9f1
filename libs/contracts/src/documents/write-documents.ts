import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generatedDocuments } from './documents.ts';

/** `npm run generate` writes the documents; with --check it only says which differ, and exits 1 if any does. */
const root = fileURLToPath(new URL('../../../../', import.meta.url));
const documents = await generatedDocuments();
const stale = [...documents].filter(([path, text]) => contentOf(path) !== text).map(([path]) => path);
const left = existsSync(join(root, 'docs/schemas'))
  ? readdirSync(join(root, 'docs/schemas'))
      .map((name) => `docs/schemas/${name}`)
      .filter((path) => !documents.has(path))
  : [];

if (process.argv.includes('--check')) {
  for (const path of [...stale, ...left]) console.error(`${path} is not what the contracts say: run npm run generate`);
  process.exitCode = stale.length + left.length > 0 ? 1 : 0;
} else {
  for (const path of stale) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), documents.get(path)!);
  }
  for (const path of left) rmSync(join(root, path));
  console.log(`${documents.size} documents, ${stale.length} written, ${left.length} removed`);
}

function contentOf(path: string): string | undefined {
  return existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : undefined;
}
