import { spawn, type ChildProcess } from 'node:child_process';
import { projectRoot } from '@ordergate/local-infra';

interface Running {
  env?: Record<string, string>;
  /** Hears every line of both outputs; without it the outputs go to the terminal. */
  onLine?: (line: string) => void;
  signal?: AbortSignal;
}

const shownOfFailure = 30;

/**
 * Runs a command in the project's folder and returns what it wrote to its standard output. It is interrupted with its
 * children when the signal says so.
 * @throws Error with its last lines when it fails
 */
export async function run(command: string, args: string[], { env, onLine, signal }: Running = {}): Promise<string> {
  signal?.throwIfAborted();
  // A group of its own: a Ctrl-C in the terminal reaches this program alone, which ends everything in order.
  const child = spawn(command, args, {
    cwd: projectRoot,
    detached: true,
    env: { ...process.env, ...env },
    stdio: onLine ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
  });
  const interrupt = (): void => interruptGroup(child);
  signal?.addEventListener('abort', interrupt);
  let output = '';
  const lines: string[] = [];
  const hear = (line: string): void => {
    lines.push(line);
    onLine?.(line);
  };
  child.stdout?.on('data', (bytes: Buffer) => (output += bytes.toString()));
  for (const stream of [child.stdout, child.stderr]) if (stream) eachLine(stream, hear);
  try {
    const code = await new Promise<number | string | null>((ended, failed) => {
      child.once('close', (exitCode, killedBy) => ended(exitCode ?? killedBy));
      child.once('error', failed);
    });
    signal?.throwIfAborted();
    if (code === 0) return output;
    throw new Error([`${[command, ...args].join(' ')} ended with ${code}`, ...lines.slice(-shownOfFailure)].join('\n'));
  } finally {
    signal?.removeEventListener('abort', interrupt);
  }
}

function interruptGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGINT');
  } catch {
    // It has just ended by itself.
  }
}

function eachLine(stream: NodeJS.ReadableStream, hear: (line: string) => void): void {
  let rest = '';
  stream.on('data', (bytes: Buffer) => {
    const parts = (rest + bytes.toString()).split(/\r?\n|\r/);
    rest = parts.pop()!;
    for (const line of parts) if (line.trim() !== '') hear(line);
  });
  stream.on('end', () => {
    if (rest.trim() !== '') hear(rest);
  });
}
