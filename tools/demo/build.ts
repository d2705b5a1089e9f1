import { projectRoot } from '@ordergate/local-infra';
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Compiles what has changed since the last build (nx knows); the whole output goes to a log.
 * @throws Error with the end of that output when it fails
 */
export async function build(logFile: string): Promise<void> {
  mkdirSync(dirname(logFile), { recursive: true });
  const nx = join(projectRoot, 'node_modules', 'nx', 'dist', 'bin', 'nx.js');
  const child = spawn(process.execPath, [nx, 'run-many', '-t', 'build', '--output-style=static'], {
    cwd: projectRoot,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NX_DAEMON: 'false', FORCE_COLOR: '0' },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes: Buffer) => (output += bytes.toString()));
  const code = await new Promise<number | null>((ended, failed) => child.once('close', ended).once('error', failed));
  writeFileSync(logFile, output);
  if (code !== 0)
    throw new Error(`The build failed (${logFile}):\n${output.trimEnd().split('\n').slice(-30).join('\n')}`);
}
