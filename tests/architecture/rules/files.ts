import type { Rule } from '../rule.ts';
import type { SourceFile } from '../source-file.ts';

const linesMax = 300;

const fileRule = (name: string, says: string, problemOf: (file: SourceFile) => string | null): Rule => ({
  name,
  says,
  violations: (files) =>
    files.flatMap((file) => {
      const problem = problemOf(file);
      return problem === null ? [] : [{ path: file.path, line: 1, problem }];
    }),
});

export const shortFiles: Rule = fileRule('short-files', `a file has at most ${linesMax} lines`, ({ lines }) =>
  lines > linesMax ? `has ${lines} lines` : null,
);

const namesOfNothing = /^(utils?|commons?|helpers?|shared|misc)$/;

export const foldersSayWhat: Rule = fileRule(
  'folders-say-what',
  'a folder says what is in it: no utils, common, helpers, shared',
  ({ path }) => {
    const folder = path
      .split('/')
      .slice(0, -1)
      .find((name) => namesOfNothing.test(name.toLowerCase()));
    return folder === undefined ? null : `"${folder}" says nothing`;
  },
);

const kebabCase = /^[a-z0-9]+(-[a-z0-9]+)*$/;

export const kebabCaseNames: Rule = fileRule(
  'kebab-case-names',
  'files and folders are named in kebab-case',
  ({ path }) => {
    const wrong = path.split('/').find((name) => !name.split('.').every((part) => kebabCase.test(part)));
    return wrong === undefined ? null : `"${wrong}" is not kebab-case`;
  },
);
