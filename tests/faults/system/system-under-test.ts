import {
  applyTopics,
  createDatabase,
  killServer,
  projectRoot,
  startLocalInfra,
  startServerAgain,
  type Infra,
  type ServerName,
} from '@ordergate/local-infra';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { LocalIssuer } from '@ordergate/identity';
import { migrate } from '../../../tools/demo/service-process.ts';
import { freePorts } from '../../../tools/demo/service-ports.ts';
import { commandOf, serviceNames, type ServiceName, type ServicesSettings } from '../../../tools/demo/services.ts';
import { startMailSink, type MailSink } from './mail-sink.ts';
import { SupervisedService } from './supervised-service.ts';

export interface SystemOptions {
  /** Data and logs; thrown away at the end unless something was found. */
  home: string;
  /** Of customer-credit. */
  instances: number;
  /** Added to the environment of customer-credit. */
  creditEnv?: Record<string, string>;
  onProgress: (line: string) => void;
}

export const prefix = 'crash.';

/** Broker, Postgres, mail server and the four services as processes, all of which may be killed and come back in place. */
export class SystemUnderTest {
  readonly home: string;
  readonly infra: Infra;
  readonly mails: MailSink;
  readonly databaseUrls: Record<ServiceName, string>;
  readonly services: readonly SupervisedService[];

  private constructor(parts: Pick<SystemUnderTest, 'home' | 'infra' | 'mails' | 'databaseUrls' | 'services'>) {
    this.home = parts.home;
    this.infra = parts.infra;
    this.mails = parts.mails;
    this.databaseUrls = parts.databaseUrls;
    this.services = parts.services;
  }

  /** Returns when every service is ready. */
  static async start({ home, instances, creditEnv = {}, onProgress }: SystemOptions): Promise<SystemUnderTest> {
    const logDir = join(home, 'logs');
    mkdirSync(logDir, { recursive: true });
    const infra = await startLocalInfra({ dataDir: home, onProgress });
    const mails = await startMailSink();
    const databaseUrls = {} as Record<ServiceName, string>;
    for (const name of serviceNames)
      databaseUrls[name] = await createDatabase(infra.postgresUrl, `crash_${name.replace('-', '_')}`);
    await applyTopics({ brokers: infra.brokers, prefix });
    const issuer = await LocalIssuer.open(home);
    const policyFile = join(projectRoot, 'tests', 'faults', 'policy.yaml');
    const anyPort = { order: 0, 'customer-credit': 0, collections: 0, notification: 0 };
    const settingsFor = async (): Promise<ServicesSettings> => ({
      ...{ brokers: infra.brokers, prefix, databaseUrls, issuer, policyFile, mailDir: '', logDir },
      ports: await freePorts(anyPort),
    });
    const settings = await settingsFor();
    await Promise.all(serviceNames.map((name) => migrate(withMails(commandOf(name, settings), mails))));
    const services = serviceNames.map((name) =>
      supervised(name, name, settings, name === 'customer-credit' ? creditEnv : {}),
    );
    for (let more = 2; more <= instances; more += 1)
      services.push(supervised(`customer-credit-${more}`, 'customer-credit', await settingsFor(), creditEnv));

    function supervised(name: string, service: ServiceName, of: ServicesSettings, env: Record<string, string>) {
      const command = withMails(commandOf(service, of), mails);
      return new SupervisedService(name, service, { ...command, env: { ...command.env, ...env } }, logDir);
    }

    const system = new SystemUnderTest({ home, infra, mails, databaseUrls, services });
    await Promise.all(services.map((service) => service.start()));
    await Promise.all(services.map((service) => service.waitUntilReady()));
    return system;
  }

  get brokers(): string[] {
    return this.infra.brokers;
  }

  service(name: string): SupervisedService {
    return this.services.find((service) => service.name === name)!;
  }

  kill(server: ServerName): Promise<void> {
    return killServer(this.home, server);
  }

  startAgain(server: ServerName): Promise<void> {
    return startServerAgain(this.home, server);
  }

  async stop({ keepsData }: { keepsData: boolean }): Promise<void> {
    await Promise.all(this.services.map((service) => service.stop()));
    await this.mails.stop();
    await this.infra.stop({ isDiscarded: !keepsData });
    if (!keepsData) rmSync(this.home, { recursive: true, force: true });
  }
}

const withMails = <C extends { env: Record<string, string> }>(command: C, { url }: MailSink): C => ({
  ...command,
  env: { ...command.env, SMTP_URL: url, LOG_LEVEL: 'info' },
});
