import { startInfra } from '@ordergate/local-infra';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { LocalIssuer } from '../../../libs/identity/src/local-issuer.ts';
import { home } from '../../demo/demo-state.ts';
import { freshDatabases, freshTopics } from '../../demo/fresh-start.ts';
import { freePorts } from '../../demo/service-ports.ts';
import { Services, type ServiceName } from '../../demo/services.ts';
import { Caller } from './caller.ts';
import { System } from './system.ts';

/** What stories are run against. */
export interface Target {
  system: System;
  caller: Caller;
  /** Whether stories may have policies of their own in it. */
  takesPolicies: boolean;
  /** Keeps apart what several runs tell the same system. */
  runTag: string;
  /** The business day that it is on already. */
  reachedDay: string | null;
  stop(): Promise<void>;
}

const prefix = 'scenarios.';

/** Servers and services of the runner's own, with empty databases and topics; they end with it. */
export async function startOwnSystem(policy: object, say: (what: string) => void): Promise<Target> {
  const folder = join(home, 'scenarios');
  const stops: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const one of stops.splice(0).reverse()) await one();
  };
  try {
    say('Kafka and Postgres');
    const infra = await startInfra({ dataDir: folder });
    stops.push(() => infra.stop());
    say('empty databases and topics');
    const { brokers, postgresUrl } = infra;
    const [databaseUrls] = await Promise.all([freshDatabases(postgresUrl, 'scenarios'), freshTopics(brokers, prefix)]);
    const issuer = await LocalIssuer.open(folder);
    const policyFile = join(folder, 'policy.yaml');
    writeFileSync(policyFile, stringify(policy));
    const mailDir = join(folder, 'mails');
    rmSync(mailDir, { recursive: true, force: true });
    say('services');
    const ports = await freePorts(anyPorts);
    const services = await Services.start({
      ...{ brokers, prefix, databaseUrls, ports, issuer, policyFile, mailDir },
      logDir: join(folder, 'logs'),
    });
    stops.push(() => services.stop());
    await Promise.race([services.waitUntilReady(), services.death.then((error) => Promise.reject(error))]);
    const urls = Object.fromEntries(services.all.map(({ name, url }) => [name, url]));
    const caller = new Caller(urls as Record<ServiceName, string>, issuer);
    const system = await System.open({ brokers, prefix }, '/ordergate/scenarios', () => caller.unpublished());
    stops.push(() => system.close());
    return { system, caller, takesPolicies: true, runTag: '', reachedDay: null, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Beside the demo's usual ones. */
const anyPorts = { order: 0, 'customer-credit': 0, collections: 0, notification: 0 };
