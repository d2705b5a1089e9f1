import { LocalIssuer, type Role } from '@ordergate/identity';
import { applyTopics, createDatabase, projectRoot } from '@ordergate/local-infra';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { migrate, type ServiceCommand } from '../../../tools/demo/service-process.ts';
import { freePorts } from '../../../tools/demo/service-ports.ts';
import { commandOf, serviceNames, type ServiceName, type ServicesSettings } from '../../../tools/demo/services.ts';
import { rowsOf } from '../history/rows-of.ts';
import { startMailSink, type MailSink } from './mail-sink.ts';
import type { Servers } from './servers.ts';
import { SupervisedService } from './supervised-service.ts';

export interface SystemOptions {
  /** What its topics, databases and logs are named after. */
  name: string;
  /** Of customer-credit. */
  instances?: number;
  /** Added to the environment of customer-credit. */
  creditEnv?: Record<string, string>;
  /** Done to the database of customer-credit before it starts. */
  creditSql?: string | undefined;
}

const anyPort = { order: 0, 'customer-credit': 0, collections: 0, notification: 0 };

/** The four services as processes, all of which may be killed and come back, and a mail server that takes what they send. */
export class SystemUnderTest {
  readonly servers: Servers;
  readonly prefix: string;
  readonly mails: MailSink;
  readonly databaseUrls: Record<ServiceName, string>;
  readonly services: readonly SupervisedService[];
  private readonly issuer: LocalIssuer;

  private constructor(
    parts: Pick<SystemUnderTest, 'servers' | 'prefix' | 'mails' | 'databaseUrls'>,
    services: readonly SupervisedService[],
    issuer: LocalIssuer,
  ) {
    this.servers = parts.servers;
    this.prefix = parts.prefix;
    this.mails = parts.mails;
    this.databaseUrls = parts.databaseUrls;
    this.services = services;
    this.issuer = issuer;
  }

  /** Returns when every service is ready. */
  static async start(servers: Servers, options: SystemOptions): Promise<SystemUnderTest> {
    const { name, instances = 1, creditEnv = {}, creditSql } = options;
    const { brokers, infra, home } = servers;
    const prefix = `${name}.`;
    const logDir = join(home, 'logs', name);
    mkdirSync(logDir, { recursive: true });
    const mails = await startMailSink();
    const databaseUrls = {} as Record<ServiceName, string>;
    for (const service of serviceNames)
      databaseUrls[service] = await createDatabase(infra.postgresUrl, `${name} ${service}`);
    await applyTopics({ brokers, prefix });
    const issuer = await LocalIssuer.open(home);
    const policyFile = join(projectRoot, 'tests', 'faults', 'policy.yaml');
    const settingsOf = async (): Promise<ServicesSettings> => ({
      ...{ brokers, prefix, databaseUrls, issuer, policyFile, mailDir: '', logDir },
      ports: await freePorts(anyPort),
    });
    const command = (service: ServiceName, settings: ServicesSettings): ServiceCommand => {
      const { env, ...rest } = commandOf(service, settings);
      return { ...rest, env: { ...env, SMTP_URL: mails.url, ...(service === 'customer-credit' && creditEnv) } };
    };
    const settings = await settingsOf();
    await Promise.all(serviceNames.map((service) => migrate(command(service, settings))));
    if (creditSql) await rowsOf(databaseUrls['customer-credit'], creditSql);

    const services = serviceNames.map((service) => new SupervisedService(service, command(service, settings), logDir));
    for (let more = 2; more <= instances; more += 1) {
      const another = command('customer-credit', await settingsOf());
      services.push(new SupervisedService(`customer-credit-${more}`, another, logDir));
    }
    const system = new SystemUnderTest({ servers, prefix, mails, databaseUrls }, services, issuer);
    servers.systems.add(system);
    await Promise.all(services.map((service) => service.start()));
    await system.waitUntilReady();
    return system;
  }

  get brokers(): string[] {
    return this.servers.brokers;
  }

  get creditUrl(): string {
    return this.service('customer-credit').url;
  }

  token(role: Role): Promise<string> {
    return this.issuer.token({ user: 'crash-test', roles: [role] });
  }

  service(name: string): SupervisedService {
    return this.services.find((service) => service.name === name)!;
  }

  async waitUntilReady(): Promise<void> {
    await Promise.all(this.services.map((service) => service.waitUntilReady()));
  }

  async stop(): Promise<void> {
    this.servers.systems.delete(this);
    await Promise.all(this.services.map((service) => service.stop()));
    await this.mails.stop();
  }
}
