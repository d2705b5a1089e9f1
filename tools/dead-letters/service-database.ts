import { databaseUrl, runningInfra } from '@ordergate/local-infra';
import { home } from '../demo/demo-state.ts';

/**
 * The database of a service: named, or `DATABASE_URL`, or that of the demo that runs on this machine.
 * @throws Error when there is none
 */
export function serviceDatabase(
  service: string,
  named: string | undefined,
  env: NodeJS.ProcessEnv = process.env,
): string {
  const url = named ?? env['DATABASE_URL'];
  if (url) return url;
  const infra = runningInfra(home);
  if (!infra)
    throw new Error('Nothing runs here: start the demo with npm start, or name a database with --database URL');
  return databaseUrl(infra.postgresUrl, `demo_${service.replaceAll('-', '_')}`);
}
