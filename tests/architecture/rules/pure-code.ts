import ts from 'typescript';
import { importRule, isIn, isTestCode, partOf, type Rule } from '../rule.ts';
import { visit, type Import, type SourceFile } from '../source-file.ts';

const isDomain = ({ path }: SourceFile): boolean => partOf(path) === 'domain' && !isTestCode(path);
/** The open items' arithmetic, that two services share (docs/adr/0010-one-library-for-open-items.md). */
const isReceivables = ({ path }: SourceFile): boolean =>
  /^libs\/receivables\/src\/(?!store\/|index\.ts)/.test(path) && !isTestCode(path);
const isMoney = ({ path }: SourceFile): boolean => path.startsWith('libs/money/src/') && !isTestCode(path);
const isExpressions = ({ path }: SourceFile): boolean => path.startsWith('libs/expressions/src/') && !isTestCode(path);
const isPure = (file: SourceFile): boolean =>
  isDomain(file) || isReceivables(file) || isMoney(file) || isExpressions(file);

/** What libs/receivables exports from its store: these touch the database. */
const storeNamesOfReceivables = (files: readonly SourceFile[]): string[] =>
  files
    .filter(({ path }) => path === 'libs/receivables/src/index.ts')
    .flatMap(({ imports }) => imports.filter(({ specifier }) => specifier.startsWith('./store/')))
    .flatMap(({ names }) => names);

function takesPurePart({ target, names }: Import, files: readonly SourceFile[]): boolean {
  if (target !== 'libs/receivables') return false;
  const impure = storeNamesOfReceivables(files);
  return !names.some((name) => name === '*' || impure.includes(name));
}

const pureNeighbours = ['libs/money', 'libs/expressions'];

export const domainImports: Rule = importRule(
  'domain-imports',
  'domain/ imports itself, libs/money, libs/expressions and the pure part of libs/receivables, nothing else',
  (imported, file, files) => {
    if (!isDomain(file)) return null;
    const ownDomain = file.path.split('/').slice(0, 4).join('/');
    if (isIn(ownDomain, imported.target) || pureNeighbours.includes(imported.target)) return null;
    return takesPurePart(imported, files) ? null : `domain/ must not know ${imported.specifier}`;
  },
);

export const pureLibraries: Rule = importRule(
  'pure-libraries',
  'libs/money rests on nothing but ISO 4217, libs/expressions on CEL and libs/money, the arithmetic of libs/receivables on libs/money',
  ({ target, specifier }, file) => {
    if (isExpressions(file) && isIn('libs/expressions/src', target)) return null;
    const allowed = isMoney(file)
      ? isIn('libs/money/src', target) || target === 'npm:currency-codes'
      : isExpressions(file)
        ? target === 'libs/money' || target === 'npm:@marcbachmann/cel-js'
        : !isReceivables(file) ||
          target === 'libs/money' ||
          (isIn('libs/receivables/src', target) && !isIn('libs/receivables/src/store', target));
    return allowed ? null : `is pure and must not know ${specifier}`;
  },
);

const outsideWorld = new Set(
  'process performance crypto console fetch setTimeout setInterval setImmediate queueMicrotask globalThis Promise'.split(
    ' ',
  ),
);

/** What a node takes from outside its arguments; null when nothing. */
function impurity(node: ts.Node): string | null {
  if (node.kind === ts.SyntaxKind.AsyncKeyword) return 'async';
  if (ts.isAwaitExpression(node)) return 'await';
  if (ts.isNewExpression(node) && node.expression.getText() === 'Date' && !node.arguments?.length) return 'new Date()';
  if (ts.isCallExpression(node) && node.expression.getText() === 'Date') return 'Date()';
  if (ts.isPropertyAccessExpression(node)) {
    const text = node.getText();
    if (text === 'Date.now' || text === 'Math.random') return text;
  }
  return ts.isIdentifier(node) && isFree(node) && outsideWorld.has(node.text) ? node.text : null;
}

/** Stands for a global, not for a member, a field or a name that is declared here. */
function isFree(node: ts.Identifier): boolean {
  const { parent } = node;
  return !('name' in parent && parent.name === node) && !ts.isTypeReferenceNode(parent);
}

const nodeRule = (name: string, says: string, applies: (file: SourceFile) => boolean, find: typeof impurity): Rule => ({
  name,
  says,
  violations: (files) =>
    files.filter(applies).flatMap((file) => {
      const found: { path: string; line: number; problem: string }[] = [];
      visit(file.tree, (node) => {
        const problem = find(node);
        if (problem !== null) found.push({ path: file.path, line: file.lineOf(node), problem });
      });
      return found;
    }),
});

export const domainPurity: Rule = nodeRule(
  'domain-purity',
  'pure code knows no clock, randomness, environment or waiting: time and chance are facts that are passed in',
  isPure,
  impurity,
);

export const noTry: Rule = nodeRule(
  'no-try',
  'domain/ and handlers/ catch nothing: a no is a value, and errors are the lane’s business',
  (file) => ['domain', 'handlers'].includes(partOf(file.path) ?? '') && !isTestCode(file.path),
  (node) => (ts.isTryStatement(node) ? 'try' : null),
);
