import ts from 'typescript';
import { importRule, isTestCode, packageOf, partOf, type Rule } from '../rule.ts';
import { visit, type SourceFile } from '../source-file.ts';

/** The part of the same service that an import leads to. */
const ownPart = (file: SourceFile, target: string): string | null =>
  packageOf(target) === packageOf(file.path) ? partOf(target) : null;

const isStore = ({ path }: SourceFile): boolean =>
  /^(libs|services)\/[^/]+\/src\/store\//.test(path) && !isTestCode(path);

export const storeKnowsNoMessages: Rule = importRule(
  'store-knows-no-messages',
  'store/ turns rows into domain values and back: it never sees a message class, a handler or a request',
  ({ target, specifier }, file) => {
    if (!isStore(file)) return null;
    const isMessage = target === 'libs/contracts';
    const isUser = ['handlers', 'http'].includes(ownPart(file, target) ?? '');
    return isMessage || isUser ? `store/ must not know ${specifier}` : null;
  },
);

export const handlersBesideHttp: Rule = importRule(
  'handlers-beside-http',
  'handlers/ do not import http/: what both need is domain/ or store/',
  ({ target, specifier }, file) =>
    partOf(file.path) === 'handlers' && !isTestCode(file.path) && ownPart(file, target) === 'http'
      ? `handlers/ must not know ${specifier}`
      : null,
);

/** Wiring is in one file a service, so that a reader finds it. */
export const modulesWire: Rule = {
  name: 'modules-wire',
  says: 'a service is wired in one file, <service>.module.ts',
  violations: (files) =>
    files.flatMap((file) => {
      const [, service] = /^services\/([^/]+)\//.exec(file.path) ?? [];
      if (!service || isTestCode(file.path) || file.path === `services/${service}/src/${service}.module.ts`) return [];
      const wired: { path: string; line: number; problem: string }[] = [];
      visit(file.tree, (node) => {
        if (ts.isDecorator(node) && /^@Module\(/.test(node.getText())) {
          wired.push({ path: file.path, line: file.lineOf(node), problem: `belongs into ${service}.module.ts` });
        }
      });
      return wired;
    }),
};
