import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import { MalformedOptions } from './options.ts';

export interface StoryFile {
  file: string;
  content: string;
}

/** The story files that are named, and all of the folders that are; sorted by name within a folder. */
export function findFiles(paths: readonly string[]): StoryFile[] {
  const files = paths.flatMap((path) => (kindOf(path) === 'folder' ? inFolder(path) : [path]));
  if (files.length === 0) throw new MalformedOptions(`There is no .yaml file in ${paths.join(', ')}`);
  return [...new Set(files)].map((file) => ({ file, content: readFileSync(file, 'utf8') }));
}

/** A policy as a document; whether it is a right one, the services say. */
export function readPolicyFile(file: string): Record<string, unknown> {
  kindOf(file);
  const lineCounter = new LineCounter();
  const document = parseDocument(readFileSync(file, 'utf8'), { lineCounter });
  const [broken] = document.errors;
  if (broken) throw new MalformedOptions(`${file}:${broken.linePos?.[0].line ?? 1}: ${broken.message.split('\n')[0]}`);
  const policy: unknown = document.toJS();
  if (typeof policy !== 'object' || policy === null || Array.isArray(policy))
    throw new MalformedOptions(`${file}:1: a policy is a mapping like version: …, rules: …`);
  return policy as Record<string, unknown>;
}

const inFolder = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.ya?ml$/.test(name))
    .sort()
    .map((name) => join(folder, name));

function kindOf(path: string): 'file' | 'folder' {
  try {
    return statSync(path).isDirectory() ? 'folder' : 'file';
  } catch {
    throw new MalformedOptions(`${path}: there is no such file or folder`);
  }
}
