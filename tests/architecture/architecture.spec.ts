import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readProject } from './project.ts';
import type { Violation } from './rule.ts';
import { rules } from './rules/index.ts';

const here = import.meta.dirname;
const root = join(here, '../..');
const project = readProject(root);
const fixturesFolder = join(here, 'fixtures');

const placeOf = ({ path, line }: Pick<Violation, 'path' | 'line'>): string => `${path}:${line}`;
const places = (found: readonly Pick<Violation, 'path' | 'line'>[]): string[] =>
  [...new Set(found.map(placeOf))].sort();

/** The lines of a fixture that its author has marked as wrong. */
const markedIn = (fixture: string): string[] =>
  places(
    readProject(fixture).flatMap(({ path }) =>
      readFileSync(join(fixture, path), 'utf8')
        .split('\n')
        .flatMap((text, at) => (text.includes('// wrong') ? [{ path, line: at + 1 }] : [])),
    ),
  );

describe('the project that is checked', () => {
  it.each([
    'libs/money/',
    'libs/messaging/',
    'services/order/src/domain/',
    'services/customer-credit/src/store/',
    'infra/local/',
    'tests/',
  ])('includes %s', (folder) => expect(project.filter(({ path }) => path.startsWith(folder))).not.toHaveLength(0));
});

describe.each(rules)('$says', ({ name, violations }) => {
  it('is kept', () => {
    expect(violations(project).map((found) => `${placeOf(found)} ${found.problem}`)).toEqual([]);
  });

  it('is broken by its fixture where that is marked, and nowhere else', () => {
    const fixture = join(fixturesFolder, name);
    const marked = markedIn(fixture);
    expect(marked).not.toHaveLength(0);
    expect(places(violations(readProject(fixture)))).toEqual(marked);
  });

  it('finds no fault with a project that does it right', () => {
    expect(violations(readProject(join(fixturesFolder, 'all-right')))).toEqual([]);
  });
});

describe('the fixtures', () => {
  it('belong to a rule each, beside the one that breaks none', () => {
    expect(readdirSync(fixturesFolder).sort()).toEqual(['all-right', ...rules.map(({ name }) => name)].sort());
  });
});
