import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { identify, isRunning } from './process-identity.ts';
import type { ProcessIdentity } from './process-identity.ts';

export interface BackgroundCommand {
  command: string;
  args: string[];
  logFile: string;
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  uid?: number;
  gid?: number;
}

/**
 * Starts a server in a session of its own: a Ctrl-C in the terminal reaches the launcher only, which then ends its
 * servers in order; and a launcher that is killed leaves servers behind that the next one takes over.
 */
export async function startInBackground(task: BackgroundCommand): Promise<ProcessIdentity> {
  const log = openSync(task.logFile, 'a');
  try {
    const child = spawn(task.command, task.args, {
      detached: true,
      stdio: ['ignore', log, log],
      env: task.env ?? process.env,
      ...(task.cwd === undefined ? {} : { cwd: task.cwd }),
      ...(task.uid === undefined ? {} : { uid: task.uid, gid: task.gid }),
    });
    await new Promise<void>((started, failed) => child.once('spawn', started).once('error', failed));
    child.unref();
    const identity = identify(child.pid as number);
    if (!identity) throw new Error(`${task.command} ended at once. Its last words:\n${lastLines(task.logFile)}`);

    return identity;
  } finally {
    closeSync(log);
  }
}

/** Sends the signals one after the other, each with its time to work, until the process is gone. */
export async function endProcess(
  identity: ProcessIdentity,
  steps: { signal: NodeJS.Signals; waitMs: number }[],
): Promise<void> {
  for (const { signal, waitMs } of steps) {
    if (!isRunning(identity)) return;
    try {
      process.kill(identity.pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ESRCH') return;
      throw error;
    }
    if (await isGoneWithin(identity, waitMs)) return;
  }
  if (isRunning(identity)) throw new Error(`process ${identity.pid} does not end, not even by SIGKILL`);
}

/**
 * Asks until the server answers. Fails when its process ends before, or when the time is over.
 * @param check throws as long as the server is not ready
 */
export async function waitUntilHealthy(
  server: { name: string; identity: ProcessIdentity; logFile: string },
  check: () => Promise<void>,
  timeoutMs: number,
): Promise<void> {
  const giveUpAt = Date.now() + timeoutMs;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      const words = `Its last words (${server.logFile}):\n${lastLines(server.logFile)}`;
      if (!isRunning(server.identity))
        throw new Error(`${server.name} ended while starting. ${words}`, { cause: error });
      if (Date.now() > giveUpAt) {
        throw new Error(`${server.name} does not answer after ${timeoutMs / 1000} s (${reasonOf(error)}). ${words}`, {
          cause: error,
        });
      }
      await pause(100);
    }
  }
}

/** Of a failed `fetch` only the cause says anything. */
function reasonOf(error: unknown): string {
  const { cause } = error as { cause?: unknown };
  return cause === undefined ? String(error) : `${String(error)}: ${String(cause)}`;
}

export function lastLines(file: string): string {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-15).join('\n');
  } catch {
    return '(no log)';
  }
}

async function isGoneWithin(identity: ProcessIdentity, waitMs: number): Promise<boolean> {
  const giveUpAt = Date.now() + waitMs;
  while (isRunning(identity)) {
    if (Date.now() > giveUpAt) return false;
    await pause(25);
  }
  return true;
}
