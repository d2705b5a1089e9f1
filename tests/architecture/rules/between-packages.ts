import { importRule, isIn, packageOf, type Rule } from '../rule.ts';

export const servicesApart: Rule = importRule(
  'services-apart',
  'no service imports another: what it needs it has heard on a topic',
  ({ target, specifier }, { path }) => {
    const own = packageOf(path);
    return own?.startsWith('services/') && isIn('services', target) && !isIn(own, target)
      ? `${own} must not know ${specifier}`
      : null;
  },
);

export const libsBelow: Rule = importRule(
  'libs-below',
  'libs/ stand below everything: they import no service, tool or test; only libs/testing starts servers from infra/local',
  ({ target, specifier }, { path }) => {
    if (!path.startsWith('libs/')) return null;
    const above = ['services', 'tools', 'tests'].some((folder) => isIn(folder, target));
    const startsServers = isIn('infra', target) && !path.startsWith('libs/testing/');
    return above || startsServers ? `${packageOf(path)} must not know ${specifier}` : null;
  },
);

/** Each of these stays behind one library. What starts servers, and what drives the system from outside, talks to them itself. */
const behind: Record<string, string> = {
  'npm:kafkajs': 'libs/messaging',
  'npm:pg': 'libs/database',
  'npm:typeorm': 'libs/database',
  'npm:class-validator': 'libs/contracts',
};
const outsiders = ['libs/testing', 'infra', 'tools', 'tests'];

export const librariesBehind: Rule = importRule(
  'libraries-behind',
  'Kafka stays behind libs/messaging, Postgres and TypeORM behind libs/database, class-validator behind libs/contracts; migrations take TypeORM’s types',
  ({ target, specifier, isTypeOnly }, { path }) => {
    const home = behind[target];
    if (home === undefined || [home, ...outsiders].some((folder) => isIn(folder, path))) return null;
    return target === 'npm:typeorm' && isTypeOnly ? null : `${specifier} stays behind ${home}`;
  },
);

export const packagesByName: Rule = importRule(
  'packages-by-name',
  'packages import each other by name and through their front door, files of one package by their full name with its extension',
  ({ specifier, target }, { path }) => {
    if (!specifier.startsWith('.'))
      return /^@ordergate\/[^/]+\/(src|dist)\b/.test(specifier) ? 'goes past the front door' : null;
    if (!/\.([cm]?[jt]s|json)$/.test(specifier)) return 'lacks its extension';
    // A tool runs before anything is built, so it takes the sources it needs by their path.
    if (path.startsWith('tools/')) return null;
    // Tools have no package and so no name; the tests that drive whole systems start what they start.
    if (/^tests\/(benchmark|docker|end-to-end|faults)\//.test(path) && target.startsWith('tools/')) return null;
    const [own, other] = [packageOf(path), packageOf(target)];
    return own === other ? null : `${other ?? 'a file outside'} must be imported by its name`;
  },
);
