import { fork, type ChildProcess } from 'node:child_process';
import type { FromLoad, LoadTarget, ToLoad } from './load-process.ts';
import type { LoadPlan, LoadResult } from './load-run.ts';

/** The load process as the benchmark sees it. */
export class LoadClient {
  readonly pid: number;
  private readonly child: ChildProcess;
  private hear: (message: FromLoad) => void = () => {};
  private failed: (error: Error) => void = () => {};

  constructor() {
    this.child = fork(new URL('./load-process.ts', import.meta.url), {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.pid = this.child.pid!;
    this.child.on('message', (message: FromLoad) => this.hear(message));
    this.child.on('exit', (code) => this.failed(new Error(`The load generator has ended with ${code}.`)));
  }

  async open(arm: string, target: LoadTarget, seed: number): Promise<void> {
    await this.ask({ kind: 'open', arm, target, seed }, {}, 'opened');
  }

  /** @param on is told when measuring begins and when it ends */
  async run(
    arm: string,
    plan: LoadPlan,
    on: { measuring?: () => void; measured?: () => void } = {},
  ): Promise<LoadResult> {
    const answer = await this.ask({ kind: 'run', arm, plan }, on, 'done');
    return (answer as Extract<FromLoad, { kind: 'done' }>).result;
  }

  private ask(
    message: ToLoad,
    on: Record<string, (() => void) | undefined>,
    last: FromLoad['kind'],
  ): Promise<FromLoad> {
    return new Promise((resolve, reject) => {
      this.failed = reject;
      this.hear = (answer) => {
        if (answer.kind === 'failed') reject(new Error(answer.message));
        else if (answer.kind === last) resolve(answer);
        else on[answer.kind]?.();
      };
      this.child.send(message);
    });
  }

  stop(): void {
    this.failed = () => {};
    this.child.kill();
  }
}
