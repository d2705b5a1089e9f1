import { topicName } from '@ordergate/contracts';
import { LocalIssuer } from '@ordergate/identity';
import { createDatabase, projectRoot } from '@ordergate/local-infra';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { freePorts } from '../../../tools/demo/service-ports.ts';
import { migrate, ServiceProcess, type ServiceCommand } from '../../../tools/demo/service-process.ts';
import type { Arm } from './arm.ts';
import { tellCustomers, untilCustomersAreKnown } from './customers.ts';

export const oursPrefix = 'ours.';

export interface OursSettings {
  brokers: string[];
  postgresUrl: string;
  home: string;
  instances: number;
  /** Profiles go there, if they are wanted. */
  profileDir: string | undefined;
}

/** Starts customer-credit as it is built, and makes its customers known; it decides orders when this returns. */
export async function startOurs(settings: OursSettings): Promise<Arm> {
  const { brokers, postgresUrl, home, instances, profileDir } = settings;
  const databaseUrl = await createDatabase(postgresUrl, 'bench_ours');
  const issuer = await LocalIssuer.open(home);
  const env = {
    LOG_LEVEL: 'info',
    DATABASE_URL: databaseUrl,
    KAFKA_BROKERS: brokers.join(','),
    ORDERGATE_TOPIC_PREFIX: oursPrefix,
    ORDERGATE_BUSINESS_DAYS: 'told',
    ORDERGATE_ISSUER: issuer.issuer,
    ORDERGATE_AUDIENCE: issuer.audience,
    ORDERGATE_JWKS: issuer.jwksUrl,
    ORDERGATE_POLICY_FILE: join(projectRoot, 'tests', 'benchmark', 'policy.yaml'),
  };
  const command = (name: string, more: Record<string, string>): ServiceCommand => ({
    name: 'customer-credit',
    logFile: join(home, 'logs', `${name}.log`),
    env: { ...env, ...more },
  });
  mkdirSync(join(home, 'logs'), { recursive: true });
  await migrate(command('migrate', {}));
  await tellCustomers(brokers[0]!, oursPrefix);
  const ports = Object.values(await freePorts());
  const services: ServiceProcess[] = [];
  for (let instance = 0; instance < instances; instance++) {
    const profile: Record<string, string> = profileDir
      ? { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${profileDir}` }
      : {};
    const one = command(`customer-credit-${instance + 1}`, { PORT: String(ports[instance]), ...profile });
    services.push(await ServiceProcess.start(one));
  }
  await Promise.all(services.map((service) => service.waitUntilReady()));
  await untilCustomersAreKnown(databaseUrl);
  return {
    name: 'ours',
    ordersTopic: topicName(oursPrefix, 'orders'),
    decisionsTopic: topicName(oursPrefix, 'credit-decisions'),
    pids: services.map(({ identity }) => identity.pid),
    stop: async () => {
      await Promise.all(services.map((service) => service.stop()));
    },
  };
}
