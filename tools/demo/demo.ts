import { chooseInfra, projectRoot, startInfra } from '@ordergate/local-infra';
import { rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { identify } from '../../infra/local/src/process/process-identity.ts';
import { LocalIssuer } from '../../libs/identity/src/local-issuer.ts';
import { build } from './build.ts';
import { home, readDemoState, removeDemoState, writeDemoState } from './demo-state.ts';
import { demoPrefix, freshDatabases, freshTopics } from './fresh-start.ts';
import { step } from './screen.ts';
import { endService } from './service-process.ts';
import { freePorts, usualPorts } from './service-ports.ts';
import { serviceNames, Services } from './services.ts';

const logDir = join(home, 'logs');
const mailDir = join(home, 'mails');
const policyFile = join(projectRoot, 'tools', 'demo', 'policy.yaml');
const isOnce = process.argv.includes('--once');

const interrupted = new AbortController();
/** What has been started, to be stopped in the opposite order. */
const stops: { name: string; stop: () => Promise<void> }[] = [];

async function run(): Promise<void> {
  console.log(`Ordergate demo (${chooseInfra()} infrastructure, logs in ${relative(projectRoot, logDir)})`);
  await step('build', () => build(join(logDir, 'build.log')));
  const infra = await step('Kafka and Postgres', (say) => startInfra({ dataDir: home, onProgress: say }));
  stops.push({ name: 'Kafka and Postgres', stop: () => infra.stop() });
  interrupted.signal.throwIfAborted();

  const services = await startServices(infra);
  // From here on a death of a service ends the demo.
  void services.death.then((death) => interrupted.abort(death));
  await step('services ready', (say) => services.waitUntilReady((name) => say(`${name} is ready`), interrupted.signal));

  await replayAndShow(services, infra.brokers);
  if (isOnce) return;
  console.log('\nEverything stays up, on the last day of the file, until Ctrl-C.');
  await new Promise((resolve) => interrupted.signal.addEventListener('abort', resolve));
  if (interrupted.signal.reason instanceof Error) throw interrupted.signal.reason;
}

async function startServices({ brokers, postgresUrl }: { brokers: string[]; postgresUrl: string }): Promise<Services> {
  const issuer = await LocalIssuer.open(home);
  for (const { process } of readDemoState()?.services ?? []) await endService(process);
  const databaseUrls = await step('empty databases and topics', async () => {
    const [urls] = await Promise.all([freshDatabases(postgresUrl, 'demo'), freshTopics(brokers, demoPrefix)]);
    return urls;
  });
  rmSync(mailDir, { recursive: true, force: true });
  const ports = await freePorts();
  for (const name of serviceNames) {
    if (ports[name] !== usualPorts[name])
      console.log(`    port ${usualPorts[name]} is taken: ${name} listens on ${ports[name]}`);
  }
  interrupted.signal.throwIfAborted();
  const settings = { brokers, prefix: demoPrefix, databaseUrls, ports, issuer, policyFile, mailDir, logDir };
  const services = await step('migrations', () => Services.start(settings));
  stops.push({ name: 'services', stop: () => services.stop().finally(removeDemoState) });
  writeDemoState({
    launcher: identify(process.pid)!,
    brokers,
    prefix: demoPrefix,
    services: services.all.map(({ name, url, identity }) => ({ name, url, process: identity })),
  });
  return services;
}

async function replayAndShow(services: Services, brokers: string[]): Promise<void> {
  // Loaded only now: it needs what was built above.
  const { replayDemo } = await import('./replay-demo.ts');
  const issuer = await LocalIssuer.open(home);
  await replayDemo({
    services,
    issuer,
    address: { brokers, prefix: demoPrefix },
    mailDir: relative(projectRoot, mailDir),
    isOnce,
    signal: interrupted.signal,
  });
}

async function stopAll(): Promise<void> {
  for (const { name, stop } of stops.splice(0).reverse()) {
    await step(`stopped ${name}`, stop).catch((error: unknown) => {
      console.error((error as Error).message);
      process.exitCode = 1;
    });
  }
}

function onSignal(): void {
  if (interrupted.signal.aborted) return;
  console.log('\nStopping (this takes a few seconds)');
  interrupted.abort('stopped by the user');
}

process.on('SIGINT', onSignal);
process.on('SIGTERM', onSignal);
try {
  await run();
} catch (error) {
  const isByUser = error === 'stopped by the user';
  if (!isByUser) console.error(`\n${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = isByUser ? 130 : 1;
} finally {
  await stopAll();
}
// Nothing is left to wait for; a client's idle connection must not keep the process.
process.exit();
