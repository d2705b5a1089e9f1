import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { LocalIssuer } from '../../libs/identity/src/local-issuer.ts';
import { migrate, ServiceProcess, type ServiceCommand } from './service-process.ts';

export const serviceNames = ['order', 'customer-credit', 'collections', 'notification'] as const;
export type ServiceName = (typeof serviceNames)[number];

export interface ServicesSettings {
  brokers: string[];
  prefix: string;
  databaseUrls: Record<ServiceName, string>;
  ports: Record<ServiceName, number>;
  issuer: LocalIssuer;
  policyFile: string;
  /** Where mails are written as files; nothing leaves the machine. */
  mailDir: string;
  logDir: string;
}

/** The four services as processes. */
export class Services {
  readonly all: ServiceProcess[];

  private constructor(all: ServiceProcess[]) {
    this.all = all;
  }

  /** Migrates the databases and starts the processes; they are not ready yet. */
  static async start(settings: ServicesSettings): Promise<Services> {
    mkdirSync(settings.logDir, { recursive: true });
    const commands = serviceNames.map((name) => commandOf(name, settings));
    await Promise.all(
      commands.map((command) => migrate({ ...command, logFile: command.logFile.replace(/\.log$/, '.migrate.log') })),
    );
    const started = await Promise.allSettled(commands.map((command) => ServiceProcess.start(command)));
    const all = started.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    const failed = started.find((result) => result.status === 'rejected');
    if (failed) {
      await Promise.all(all.map((service) => service.stop()));
      throw failed.reason;
    }
    return new Services(all);
  }

  urlOf(name: ServiceName): string {
    return this.all.find((service) => service.name === name)!.url;
  }

  /** Resolves when one of them ends without having been asked to. */
  get death(): Promise<Error> {
    return Promise.race(this.all.map(({ death }) => death));
  }

  /** @param onReady is called with the name of each service that has become ready */
  async waitUntilReady(onReady: (name: string) => void = () => {}, signal?: AbortSignal): Promise<void> {
    await Promise.all(this.all.map((service) => service.waitUntilReady(signal).then(() => onReady(service.name))));
  }

  async stop(): Promise<void> {
    await Promise.all(this.all.map((service) => service.stop()));
  }
}

/** How a service is started on these servers. */
export function commandOf(name: ServiceName, settings: ServicesSettings): ServiceCommand {
  const { brokers, prefix, databaseUrls, ports, issuer, policyFile, mailDir, logDir } = settings;

  return {
    name,
    logFile: join(logDir, `${name}.log`),
    env: {
      LOG_LEVEL: 'info',
      DATABASE_URL: databaseUrls[name],
      KAFKA_BROKERS: brokers.join(','),
      ORDERGATE_TOPIC_PREFIX: prefix,
      PORT: String(ports[name]),
      ORDERGATE_TIME_ZONE: 'UTC',
      // The replay walks the calendar of its file.
      ORDERGATE_BUSINESS_DAYS: 'told',
      ORDERGATE_ISSUER: issuer.issuer,
      ORDERGATE_AUDIENCE: issuer.audience,
      ORDERGATE_JWKS: issuer.jwksUrl,
      ORDERGATE_POLICY_FILE: policyFile,
      ORDERGATE_MAIL_DIR: mailDir,
      ORDERGATE_FINANCE_MAIL: 'finance@example.com',
      SMTP_URL: '',
    },
  };
}
