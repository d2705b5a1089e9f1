import { databaseUrl, runningInfra } from '@ordergate/local-infra';
import { home } from '../demo/demo-state.ts';
import { serviceNames } from '../demo/services.ts';
import { BadUsage, type Request } from './request.ts';

/**
 * The database of the service: as named, that of the demo's service, `DATABASE_URL`, or that of the demo's gate.
 * @throws BadUsage for a service that there is not; Error when nothing runs here
 */
export function whichDatabase({ service, database }: Request['from'], env: NodeJS.ProcessEnv): string {
  if (database !== undefined) return database;
  if (service === undefined && env['DATABASE_URL']) return env['DATABASE_URL'];
  const name = serviceNames.find((known) => known === (service ?? 'customer-credit'));
  if (!name) throw new BadUsage(`There is no service "${service}"; there are ${serviceNames.join(', ')}.`);
  const infra = runningInfra(home);
  if (!infra)
    throw new Error('Nothing is running here: start the demo with npm start, or name the --database of the service.');

  // As tools/demo/fresh-start.ts names them.
  return databaseUrl(infra.postgresUrl, `demo_${name.replace('-', '_')}`);
}
