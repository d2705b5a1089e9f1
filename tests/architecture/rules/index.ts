import type { Rule } from '../rule.ts';
import { librariesBehind, libsBelow, packagesByName, servicesApart } from './between-packages.ts';
import { foldersSayWhat, kebabCaseNames, shortFiles } from './files.ts';
import { handlersBesideHttp, modulesWire, storeKnowsNoMessages } from './inside-a-service.ts';
import { domainImports, domainPurity, noTry, pureLibraries } from './pure-code.ts';

/** The layout of ARCHITECTURE.md, rule by rule. */
export const rules: readonly Rule[] = [
  domainImports,
  domainPurity,
  pureLibraries,
  noTry,
  storeKnowsNoMessages,
  handlersBesideHttp,
  modulesWire,
  servicesApart,
  libsBelow,
  librariesBehind,
  packagesByName,
  shortFiles,
  foldersSayWhat,
  kebabCaseNames,
];
