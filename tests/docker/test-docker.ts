/** `npm run test:docker`: the specs on containers, then the whole of docker-compose.yml, used from outside and restarted. */
import { parseArgs } from 'node:util';
import { step } from '../../tools/demo/screen.ts';
import { run } from './command.ts';
import { ComposedSystem, composedServices } from './composed-system.ts';
import { DecisionFlow } from './decision-flow.ts';

const usage = `npm run test:docker [-- --only specs|compose]
Needs a Docker engine with Compose. Takes a Compose project, ports and an image tag of its own, and removes them at the end.`;

const interrupted = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const)
  process.once(name, () => {
    console.log(`\n${name}: cleaning up; once more ends this at once`);
    interrupted.abort(new Error(`interrupted by ${name}`));
  });
const { signal } = interrupted;

async function askEngine(): Promise<string> {
  const ask = (...args: string[]): Promise<string> => run('docker', args, { onLine: () => {} });
  try {
    const engine = await ask('version', '--format', '{{.Server.Version}} (API {{.Server.APIVersion}})');
    return `engine ${engine.trim()}, Compose ${(await ask('compose', 'version', '--short')).trim()}`;
  } catch (error) {
    throw new Error(
      `No Docker engine with Compose answers here, and this test needs one: ${(error as Error).message}`,
      {
        cause: error,
      },
    );
  }
}

/** The component specs start their servers by testcontainers; what jest says is the progress. */
async function runSpecs(): Promise<void> {
  console.log('\nComponent specs on containers');
  const args = ['test', '--silent', '--', '--selectProjects', 'real', '--testPathPatterns', 'component.spec'];
  await run('npm', args, { env: { ORDERGATE_INFRA: 'docker' }, signal });
}

async function runComposed(): Promise<void> {
  console.log('\ndocker-compose.yml');
  const system = await ComposedSystem.prepare(signal);
  await step('remove what an earlier run has left', () => system.remove());
  try {
    await step('docker compose up --build --wait', (say) => system.up(notable(say)));
    const flow = await DecisionFlow.open(system);
    await step('orders are decided', (say) => flow.prove('fresh', say));
    for (const service of composedServices) {
      await step(`${service} is restarted`, () => system.restart(service));
      await step('orders are decided after it', (say) => flow.prove(service, say));
    }
    await step(`each of the ${flow.orders} orders has one decision`, () => flow.proveOneDecisionEach());
  } catch (error) {
    if (!signal.aborted) console.error(await system.complaints());
    throw error;
  } finally {
    await step('docker compose down --volumes', () => system.remove());
  }
}

/** Of a build's and a start's many lines those that say how far it is. */
const notable =
  (say: (line: string) => void) =>
  (line: string): void => {
    const told = /^(#\d+ \[.*\].*|.*Container .* (Healthy|Exited|Error.*))$/.exec(line);
    if (told) say(line.trim());
  };

try {
  const { values } = parseArgs({ options: { only: { type: 'string' }, help: { type: 'boolean' } } });
  if (values.help || (values.only && !['specs', 'compose'].includes(values.only))) {
    console.log(usage);
    process.exit(values.help ? 0 : 2);
  }
  console.log(`Ordergate on Docker: ${await askEngine()}`);
  if (values.only !== 'compose') await runSpecs();
  if (values.only !== 'specs') await runComposed();
  console.log('\nDocker: all is well');
} catch (error) {
  console.error(`\nDocker: ${(error as Error).message}`);
  process.exitCode = signal.aborted ? 130 : 1;
}
