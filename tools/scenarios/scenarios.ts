import { assertBuilt } from '../replay/assert-built.ts';
import { MalformedOptions, readOptions, usage } from './options.ts';

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  if (options === 'help') {
    console.log(usage);
    return 0;
  }
  assertBuilt();
  // Loaded only now: it needs what is built.
  const { runScenarios } = await import('./run-scenarios.ts');
  return runScenarios(options);
}

try {
  process.exit(await main());
} catch (error) {
  const isMalformed = error instanceof MalformedOptions || (error as Error).name === 'MalformedStories';
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(isMalformed ? 2 : 1);
}
