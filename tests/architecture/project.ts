import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { parseSource, type FolderOf, type SourceFile } from './source-file.ts';

const codeFolders = ['libs', 'services', 'infra', 'tools', 'tests'];
const notOurs = new Set(['node_modules', 'dist', 'fixtures']);

/** Every TypeScript and JavaScript file of the project, or of a fixture that is laid out like it. */
export function readProject(root: string): SourceFile[] {
  const folderOf = foldersOfPackages(root);
  return codeFolders
    .map((folder) => join(root, folder))
    .filter((folder) => existsSync(folder))
    .flatMap(codeFilesIn)
    .map((file) => parseSource(relative(root, file).split(sep).join('/'), readFileSync(file, 'utf8'), folderOf));
}

function codeFilesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name.startsWith('.') || notOurs.has(entry.name) ? [] : codeFilesIn(path);
    return /\.[cm]?[jt]s$/.test(entry.name) ? [path] : [];
  });
}

/** A package's folder is named as the package; infra/local is the exception. */
function foldersOfPackages(root: string): FolderOf {
  return (packageName) => {
    const name = packageName.slice('@ordergate/'.length);
    if (name === 'local-infra') return 'infra/local';
    const folder = ['services', 'tools'].find((place) => existsSync(join(root, place, name)));
    return `${folder ?? 'libs'}/${name}`;
  };
}
