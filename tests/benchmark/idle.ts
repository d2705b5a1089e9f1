import { applyTopics, createDatabase } from '@ordergate/local-infra';
import { LocalIssuer } from '@ordergate/identity';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePorts } from '../../tools/demo/service-ports.ts';
import { serviceNames, Services, type ServiceName } from '../../tools/demo/services.ts';
import { tellCustomers, untilCustomersAreKnown } from './arms/customers.ts';
import type { Stop } from './arms/arm.ts';
import type { LoadClient } from './load/load-client.ts';
import { benchmarkPolicy, type Servers } from './arms/servers.ts';
import { cpuMsOf, residentBytesOf } from './process-figures.ts';
import type { Idle } from './report/verdicts.ts';

const prefix = 'idle.';
const load = { perSecond: null, rampSeconds: 0, seconds: 10, isHot: false, undecidedMax: 20_000 };
const quietSeconds = 60;
const atRestWithinSeconds = 300;
/** Less than this of a core, and a service has handled what was there. */
const restPercent = 10;

/**
 * All four services after a full load, at rest: from 60 s after the last message on, for 60 s.
 * @param stops hears how to stop what is started
 */
export async function measureIdle(
  servers: Servers,
  client: LoadClient,
  stops: Stop[],
  say: (detail: string) => void,
): Promise<Idle[]> {
  const services = await startServices(servers);
  stops.push(() => services.stop());
  await services.waitUntilReady();
  await untilCustomersAreKnown(servers.databaseUrl('idle_customer_credit'));
  await client.open('idle', servers.target(`${prefix}orders`, `${prefix}credit-decisions`), 1);
  say(`orders for ${load.seconds} s`);
  await client.run('idle', load);
  await untilAtRest(services, say);
  say(`${quietSeconds} s of rest`);
  await pause(quietSeconds * 1000);
  say(`measuring for ${quietSeconds} s`);

  const before = services.all.map(({ identity }) => cpuMsOf(identity.pid));
  const fromMs = performance.now();
  await pause(quietSeconds * 1000);
  const ms = performance.now() - fromMs;
  return services.all.map(({ name, identity }, at) => ({
    name,
    cpuPercent: Math.round(((cpuMsOf(identity.pid) - before[at]!) / ms) * 10_000) / 100,
    megabytes: Math.round(residentBytesOf(identity.pid) / 1_048_576),
  }));
}

async function startServices({ brokers, postgresUrl, home }: Servers): Promise<Services> {
  await applyTopics({ brokers, prefix });
  const databaseUrls = {} as Record<ServiceName, string>;
  for (const name of serviceNames)
    databaseUrls[name] = await createDatabase(postgresUrl, `idle_${name.replace('-', '_')}`);
  await tellCustomers(brokers[0]!, prefix);
  const [ports, issuer] = [await freePorts(), await LocalIssuer.open(home)];
  const [mailDir, logDir] = [join(home, 'mails'), join(home, 'logs', 'idle')];
  return Services.start({ brokers, prefix, databaseUrls, ports, issuer, policyFile: benchmarkPolicy, mailDir, logDir });
}

/** The other services still have the decisions to take in when the last one is told. */
async function untilAtRest(services: Services, say: (detail: string) => void): Promise<void> {
  const total = (): number => services.all.reduce((sum, { identity }) => sum + cpuMsOf(identity.pid), 0);
  for (let second = 0, before = total(); second < atRestWithinSeconds; second += 2) {
    await pause(2_000);
    const now = total();
    const percent = (now - before) / 20;
    if (percent < restPercent) return;
    say(`the services still work, at ${Math.round(percent)} % of a core`);
    before = now;
  }
  throw new Error(`After ${atRestWithinSeconds} s the services are still not at rest.`);
}
