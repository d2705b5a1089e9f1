import { posix } from 'node:path';
import ts from 'typescript';

export interface Import {
  /** As it is written: './book.ts', '@ordergate/money', 'pg'. */
  specifier: string;
  /** A path in the project ('libs/money', 'services/order/src/domain/order.ts') or an npm or node package ('npm:pg', 'node:fs'). */
  target: string;
  /** The names taken; '*' for a whole module, also when nothing is named. */
  names: string[];
  isTypeOnly: boolean;
  line: number;
}

export interface SourceFile {
  /** From the project's root, with slashes. */
  path: string;
  lines: number;
  tree: ts.SourceFile;
  imports: Import[];
  /** Line of a node, counted from 1. */
  lineOf(node: ts.Node): number;
}

/** Finds the folder of a package of ours by its name. */
export type FolderOf = (packageName: string) => string;

/** Parses one file. `text` is TypeScript or JavaScript, nothing is resolved on disk. */
export function parseSource(path: string, text: string, folderOf: FolderOf): SourceFile {
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const lineOf = (node: ts.Node): number => tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1;
  const imports: Import[] = [];
  visit(tree, (node) => {
    const found = importIn(node);
    if (found) imports.push({ ...found, target: targetOf(path, found.specifier, folderOf), line: lineOf(node) });
  });
  const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
  return { path, lines, tree, imports, lineOf };
}

/** Calls `see` for every node below and including `node`. */
export function visit(node: ts.Node, see: (node: ts.Node) => void): void {
  see(node);
  ts.forEachChild(node, (child) => visit(child, see));
}

type Written = Pick<Import, 'specifier' | 'names' | 'isTypeOnly'>;

function importIn(node: ts.Node): Written | null {
  if (ts.isImportDeclaration(node)) {
    const { names, isTypeOnly } = namesOf(node.importClause);
    return { specifier: textOf(node.moduleSpecifier), names, isTypeOnly };
  }
  if (ts.isExportDeclaration(node) && node.moduleSpecifier) {
    const named = node.exportClause && ts.isNamedExports(node.exportClause) ? node.exportClause.elements : undefined;
    const names = named?.map(({ propertyName, name }) => (propertyName ?? name).text) ?? ['*'];
    return { specifier: textOf(node.moduleSpecifier), names, isTypeOnly: node.isTypeOnly };
  }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
    return { specifier: textOf(node.argument.literal), names: ['*'], isTypeOnly: true };
  }
  if (ts.isCallExpression(node) && isLoading(node.expression) && node.arguments[0]) {
    return { specifier: textOf(node.arguments[0]), names: ['*'], isTypeOnly: false };
  }
  return null;
}

function isLoading(callee: ts.Expression): boolean {
  if (callee.kind === ts.SyntaxKind.ImportKeyword) return true;
  if (ts.isIdentifier(callee)) return callee.text === 'require';
  // createRequire(import.meta.url)('kafkajs')
  return ts.isCallExpression(callee) && callee.expression.getText() === 'createRequire';
}

function namesOf(clause: ts.ImportClause | undefined): Omit<Written, 'specifier'> {
  const bindings = clause?.namedBindings;
  if (!clause || clause.name || !bindings || ts.isNamespaceImport(bindings)) {
    return { names: ['*'], isTypeOnly: clause?.phaseModifier === ts.SyntaxKind.TypeKeyword };
  }
  const { elements } = bindings;
  return {
    names: elements.map(({ propertyName, name }) => (propertyName ?? name).text),
    isTypeOnly: clause.phaseModifier === ts.SyntaxKind.TypeKeyword || elements.every((element) => element.isTypeOnly),
  };
}

const textOf = (node: ts.Node): string => (ts.isStringLiteralLike(node) ? node.text : node.getText());

function targetOf(path: string, specifier: string, folderOf: FolderOf): string {
  if (specifier.startsWith('.')) return posix.join(posix.dirname(path), specifier);
  if (specifier.startsWith('node:')) return specifier;
  const [scope, name] = specifier.split('/');
  if (scope === '@ordergate') return folderOf(`${scope}/${name}`);
  return `npm:${scope?.startsWith('@') ? `${scope}/${name}` : scope}`;
}
