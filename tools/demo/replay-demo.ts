import { projectRoot } from '@ordergate/local-infra';
import { join } from 'node:path';
import type { LocalIssuer } from '../../libs/identity/src/local-issuer.ts';
import { readPlan } from '../replay/read-plan.ts';
import { replay } from '../replay/replay-plan.ts';
import type { SystemAddress } from '../replay/running-system.ts';
import { isFlawless, replaySummary } from '../replay/summary.ts';
import { readExposures } from './accounts.ts';
import { exposureLines, lookAround } from './look-around.ts';
import { replayBar } from './screen.ts';
import type { Services } from './services.ts';

export interface DemoReplay {
  services: Services;
  issuer: LocalIssuer;
  address: SystemAddress;
  mailDir: string;
  isOnce: boolean;
  signal: AbortSignal;
}

/**
 * Two years of a company in a minute, and what came of it.
 * @throws Error when an order has no answer or a message was refused
 */
export async function replayDemo({ services, issuer, address, mailDir, isOnce, signal }: DemoReplay): Promise<void> {
  const plan = readPlan(
    join(projectRoot, 'data/ibm-accounts-receivable.csv'),
    join(projectRoot, 'tools/replay/ibm-accounts-receivable.yaml'),
  );
  console.log(`\nReplaying ${plan.rows.length} invoices (data/README.md), day by day:`);
  const result = await replay(plan, address, replayBar(plan.days.length), signal);
  const token = await issuer.token({
    user: 'demo',
    roles: ['order-system', 'credit-analyst', 'collector', 'auditor', 'ops'],
  });
  const accounts = await readExposures(services.urlOf('customer-credit'), token, plan.limits.keys());

  console.log(`\n${replaySummary(plan, result)}\n${exposureLines(accounts, result.lastDay)}\n`);
  console.log(
    isOnce
      ? 'To look around and place orders of your own: npm start (without --once).'
      : lookAround(services, token, accounts[0]!, mailDir),
  );
  if (!isFlawless(result)) throw new Error('The replay went wrong, see above.');
}
