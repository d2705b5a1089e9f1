import { projectRoot } from '@ordergate/local-infra';
import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { endProcess, lastLines, waitUntilHealthy } from '../../infra/local/src/process/background-process.ts';
import { identify, type ProcessIdentity } from '../../infra/local/src/process/process-identity.ts';

export interface ServiceCommand {
  name: string;
  env: Record<string, string>;
  logFile: string;
}

/** As infra/docker/Dockerfile has it: glibc gives memory back that only large buffers need (ADR 31). */
const lessMemory = { MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: '65536', MALLOC_TRIM_THRESHOLD_: '131072' };
const readyMsMax = 60_000;
/** A service finishes what it has begun within 15 s, or ends itself. */
const stopSteps = [
  { signal: 'SIGTERM', waitMs: 20_000 },
  { signal: 'SIGKILL', waitMs: 2_000 },
] as const;

/** One built service as a process of its own. */
export class ServiceProcess {
  readonly name: string;
  readonly url: string;
  readonly identity: ProcessIdentity;
  /** Resolves with what to tell people when the process ends without having been asked to. */
  readonly death: Promise<Error>;
  private readonly logFile: string;
  private isStopping = false;

  private constructor({ name, env, logFile }: ServiceCommand, identity: ProcessIdentity, ended: Promise<string>) {
    this.name = name;
    this.url = `http://127.0.0.1:${env['PORT']}`;
    this.identity = identity;
    this.logFile = logFile;
    this.death = new Promise((resolve) => {
      void ended.then((how) => {
        if (!this.isStopping)
          resolve(
            new Error(`${name} ended by itself (${how}). The end of its log (${logFile}):\n${lastLines(logFile)}`),
          );
      });
    });
  }

  /** Starts it; whether it gets ready is asked separately. Its log begins anew. */
  static async start(command: ServiceCommand): Promise<ServiceProcess> {
    const log = openSync(command.logFile, 'w');
    try {
      // A session of its own: a Ctrl-C in the terminal reaches the launcher alone, which stops everything in order.
      const child = spawn(process.execPath, [mainOf(command.name)], {
        detached: true,
        cwd: projectRoot,
        stdio: ['ignore', log, log],
        env: { ...lessMemory, ...process.env, ...command.env },
      });
      const ended = new Promise<string>((resolve) => {
        child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
      });
      await new Promise<void>((started, failed) => child.once('spawn', started).once('error', failed));
      const identity = identify(child.pid as number);
      if (!identity) throw new Error(`${command.name} ended at once:\n${lastLines(command.logFile)}`);
      return new ServiceProcess(command, identity, ended);
    } finally {
      closeSync(log);
    }
  }

  /** @throws Error with the end of its log when it ends before, or needs more than a minute */
  async waitUntilReady(signal?: AbortSignal): Promise<void> {
    const server = { name: this.name, identity: this.identity, logFile: this.logFile };
    await waitUntilHealthy(server, () => this.askIfReady(signal), readyMsMax);
    signal?.throwIfAborted();
  }

  private async askIfReady(signal: AbortSignal | undefined): Promise<void> {
    if (signal?.aborted) return;
    const answer = await fetch(`${this.url}/health/ready`, { signal: AbortSignal.timeout(2_000) });
    if (!answer.ok) throw new Error(((await answer.json()) as { detail?: string }).detail ?? `HTTP ${answer.status}`);
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    await endService(this.identity);
  }
}

/** Also for a process that another launcher has left behind. */
export const endService = (identity: ProcessIdentity): Promise<void> => endProcess(identity, [...stopSteps]);

/** Brings the service's database to its newest version. @throws Error with the end of its log */
export async function migrate({ name, env, logFile }: ServiceCommand): Promise<void> {
  const log = openSync(logFile, 'w');
  const child = spawn(process.execPath, [mainOf(name), '--migrate'], {
    cwd: projectRoot,
    stdio: ['ignore', log, log],
    env: { ...process.env, ...env },
  });
  const code = await new Promise<number | null>((ended, failed) => child.once('exit', ended).once('error', failed));
  closeSync(log);
  // The last lines may still be on their way to the file.
  if (code !== 0)
    await pause(50).then(() =>
      Promise.reject(new Error(`The database of ${name} cannot be migrated (${logFile}):\n${lastLines(logFile)}`)),
    );
}

const mainOf = (name: string): string => join(projectRoot, 'services', name, 'dist', 'src', 'main.js');
