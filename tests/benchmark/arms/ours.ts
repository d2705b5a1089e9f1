import { topicName } from '@ordergate/contracts';
import { LocalIssuer } from '@ordergate/identity';
import { createDatabase } from '@ordergate/local-infra';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { freePorts } from '../../../tools/demo/service-ports.ts';
import { migrate, ServiceProcess, type ServiceCommand } from '../../../tools/demo/service-process.ts';
import type { Arm, Stop } from './arm.ts';
import { tellCustomers, untilCustomersAreKnown } from './customers.ts';
import { policyFile, type Servers } from './servers.ts';

export const oursPrefix = 'ours.';

/** Starts customer-credit as it is built, and makes its customers known; it decides orders when this returns. */
export async function startOurs(
  { brokers, postgresUrl, home }: Servers,
  instances: number,
  profileDir: string | undefined,
  stops: Stop[],
): Promise<Arm> {
  const databaseUrl = await createDatabase(postgresUrl, 'bench_ours');
  const issuer = await LocalIssuer.open(home);
  const env = {
    DATABASE_URL: databaseUrl,
    KAFKA_BROKERS: brokers.join(','),
    ORDERGATE_TOPIC_PREFIX: oursPrefix,
    ORDERGATE_BUSINESS_DAYS: 'told',
    ORDERGATE_ISSUER: issuer.issuer,
    ORDERGATE_AUDIENCE: issuer.audience,
    ORDERGATE_JWKS: issuer.jwksUrl,
    ORDERGATE_POLICY_FILE: policyFile,
  };
  const logDir = join(home, 'logs');
  mkdirSync(logDir, { recursive: true });
  const command = (log: string, more: Record<string, string>): ServiceCommand => ({
    name: 'customer-credit',
    logFile: join(logDir, `${log}.log`),
    env: { ...env, ...more },
  });
  await migrate(command('migrate', {}));
  await tellCustomers(brokers[0]!, oursPrefix);
  const ports = Object.values(await freePorts());
  const profile = profileDir && { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${profileDir}` };
  const services: ServiceProcess[] = [];
  stops.push(async () => void (await Promise.all(services.map((service) => service.stop()))));
  for (let instance = 0; instance < instances; instance++) {
    const more = { PORT: String(ports[instance]), ...profile };
    services.push(await ServiceProcess.start(command(`customer-credit-${instance + 1}`, more)));
  }
  await Promise.all(services.map((service) => service.waitUntilReady()));
  await untilCustomersAreKnown(databaseUrl);
  return {
    name: 'ours',
    ordersTopic: topicName(oursPrefix, 'orders'),
    decisionsTopic: topicName(oursPrefix, 'credit-decisions'),
    pids: services.map(({ identity }) => identity.pid),
  };
}
