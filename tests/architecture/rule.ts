import type { Import, SourceFile } from './source-file.ts';

export interface Violation {
  path: string;
  line: number;
  problem: string;
}

/** One rule of the layout. Its fixture, which must break it, lies in `fixtures/<name>/`. */
export interface Rule {
  name: string;
  /** The rule as a sentence. */
  says: string;
  violations(files: readonly SourceFile[]): Violation[];
}

/** A rule about imports: `problemOf` says what is wrong with one, or null. */
export function importRule(
  name: string,
  says: string,
  problemOf: (imported: Import, file: SourceFile, files: readonly SourceFile[]) => string | null,
): Rule {
  return {
    name,
    says,
    violations: (files) =>
      files.flatMap((file) =>
        file.imports.flatMap((imported) => {
          const problem = problemOf(imported, file, files);
          return problem === null ? [] : [{ path: file.path, line: imported.line, problem }];
        }),
      ),
  };
}

/** services/order/src/domain/order.ts → services/order; null for files of no package, such as tests/. */
export function packageOf(path: string): string | null {
  return /^(libs|services)\/[^/]+|^infra\/local|^tools\/[^/]+(?=\/)/.exec(path)?.[0] ?? null;
}

/** The folder inside a service that a file belongs to, such as `domain`; null outside of services. */
export const partOf = (path: string): string | null => /^services\/[^/]+\/src\/([^/]+)\//.exec(path)?.[1] ?? null;

/** Specs and what only they use may do what the code may not. */
export const isTestCode = (path: string): boolean => /\.(spec|fixture)\.ts$/.test(path);

export const isIn = (folder: string, target: string): boolean => target === folder || target.startsWith(`${folder}/`);
