/** `npm run policy -- validate|diff|backtest`: what a credit manager does with a policy before it is active. */
import { progressBar } from './backtest/progress.ts';
import { policyCommand } from './policy-command.ts';

process.exitCode = await policyCommand(
  process.argv.slice(2),
  { say: console.log, complain: console.error },
  progressBar(),
);
