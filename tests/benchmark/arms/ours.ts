import { topicName } from '@ordergate/contracts';
import { LocalIssuer } from '@ordergate/identity';
import { applyTopics, createDatabase } from '@ordergate/local-infra';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { freePorts } from '../../../tools/demo/service-ports.ts';
import { migrate, ServiceProcess, type ServiceCommand } from '../../../tools/demo/service-process.ts';
import type { Verdict } from '../report/verdicts.ts';
import type { Arm, OurArmName, Stop } from './arm.ts';
import { CreditHttp } from '../../credit-http.ts';
import { tellCustomers, untilCustomersAreKnown, type CustomerFacts } from './customers.ts';
import type { Servers } from './servers.ts';

/** An arm of ours that runs. */
export interface Running {
  http: CreditHttp;
  databaseUrl: string;
}

/** What an arm of ours decides by, and for whom. */
export interface OurArm {
  name: OurArmName;
  policyFile: string;
  facts?: CustomerFacts;
  /** What people do over HTTP before the first order. */
  furnish?: (http: CreditHttp) => Promise<void>;
  prove?: (running: Running) => Promise<Verdict[]>;
}

export interface OursSettings {
  /** Processes. */
  instances: number;
  profileDir: string | undefined;
}

/** Starts customer-credit as it is built, and makes its customers known; it decides orders when this returns. */
export async function startOurs(
  { brokers, postgresUrl, home }: Servers,
  { name, policyFile, facts, furnish, prove }: OurArm,
  { instances, profileDir }: OursSettings,
  stops: Stop[],
): Promise<Arm> {
  const prefix = `${name}.`;
  await applyTopics({ brokers, prefix });
  const databaseUrl = await createDatabase(postgresUrl, `bench_${name}`);
  const issuer = await LocalIssuer.open(home);
  const env = {
    DATABASE_URL: databaseUrl,
    KAFKA_BROKERS: brokers.join(','),
    ORDERGATE_TOPIC_PREFIX: prefix,
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
    logFile: join(logDir, `${name}-${log}.log`),
    env: { ...env, ...more },
  });
  await migrate(command('migrate', {}));
  await tellCustomers(brokers[0]!, prefix, facts);
  const ports = Object.values(await freePorts());
  const profile = profileDir && { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${join(profileDir, name)}` };
  const services: ServiceProcess[] = [];
  stops.push(async () => void (await Promise.all(services.map((service) => service.stop()))));
  for (let instance = 0; instance < instances; instance++) {
    const more = { PORT: String(ports[instance]), ...profile };
    services.push(await ServiceProcess.start(command(String(instance + 1), more)));
  }
  await Promise.all(services.map((service) => service.waitUntilReady()));
  await untilCustomersAreKnown(databaseUrl, facts);
  const http = new CreditHttp(services[0]!.url, await issuer.token({ user: 'benchmark', roles: ['credit-manager'] }));
  await furnish?.(http);
  return {
    name,
    ordersTopic: topicName(prefix, 'orders'),
    decisionsTopic: topicName(prefix, 'credit-decisions'),
    pids: services.map(({ identity }) => identity.pid),
    ...(prove && { prove: () => prove({ http, databaseUrl }) }),
  };
}
