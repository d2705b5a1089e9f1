import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Arm, Stop } from './arm.ts';
import type { CeilingTask } from './ceiling-process.ts';

/** Starts the ceiling; it reads when this returns. @param execArgv such as `--cpu-prof` */
export async function startCeiling(task: CeilingTask, execArgv: string[], stops: Stop[]): Promise<Arm> {
  const child = fork(new URL('./ceiling-process.ts', import.meta.url), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    execArgv,
  });
  child.send(task);
  const [message] = (await Promise.race([once(child, 'message'), once(child, 'exit')])) as unknown[];
  if (typeof message !== 'object') throw new Error(`The ceiling has ended with ${String(message)}.`);
  stops.push(async () => {
    const ended = once(child, 'exit');
    child.disconnect();
    await ended;
  });
  const { ordersTopic, decisionsTopic } = task;
  return {
    ...{ name: 'ceiling', ordersTopic, decisionsTopic },
    pids: [child.pid!],
  };
}
