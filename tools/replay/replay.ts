/** `npm run replay -- FILE.csv --map FILE.yaml`: your own receivables through a running Ordergate. */
import { parseArgs } from 'node:util';
import { systemAddress } from '../demo/demo-state.ts';
import { replayBar } from '../demo/screen.ts';
import { assertBuilt } from './assert-built.ts';

const usage = `npm run replay -- FILE.csv --map FILE.yaml
Replays a file of receivables: customers, orders, invoices, disputes and payments, day by day. The map says which column is
what (pattern: tools/replay/ibm-accounts-receivable.yaml). Goes to the running demo, or to KAFKA_BROKERS and ORDERGATE_TOPIC_PREFIX.`;

async function main(): Promise<number> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { map: { type: 'string' }, help: { type: 'boolean', default: false } },
  });
  const [file] = positionals;
  if (values.help || !file || positionals.length !== 1 || !values.map) {
    console.log(usage);
    return values.help ? 0 : 2;
  }
  assertBuilt();
  const { readPlan } = await import('./read-plan.ts');
  const { replay } = await import('./replay-plan.ts');
  const { isFlawless, replaySummary } = await import('./summary.ts');

  const plan = readPlan(file, values.map);
  const interrupted = new AbortController();
  process.once('SIGINT', () => interrupted.abort(new Error('Interrupted: the days so far have been replayed.')));
  const result = await replay(plan, systemAddress(), replayBar(plan.days.length), interrupted.signal);
  console.log(`\n${replaySummary(plan, result)}`);

  return isFlawless(result) ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
