import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { projectRoot } from './project-root.ts';
import type { Infra, LocalInfraOptions } from './start-local-infra.ts';

const servers = ['kafka', 'postgres'];

/** Kafka and Postgres of docker-compose.yml, without the services. What ran before stays running at the end. */
export async function startDockerInfra({
  onProgress = () => {},
}: Pick<LocalInfraOptions, 'onProgress'>): Promise<Infra> {
  const ranBefore = new Set((await compose('ps', '--services', '--status', 'running')).split('\n'));
  const started = servers.filter((name) => !ranBefore.has(name));
  onProgress('Docker: starting Kafka and Postgres (the first time, the images are fetched)');
  await compose('up', '-d', '--wait', ...servers);
  const [kafka, postgres] = await Promise.all([compose('port', 'kafka', '9094'), compose('port', 'postgres', '5432')]);
  onProgress('Docker: Kafka and Postgres are ready');

  const password = process.env['ORDERGATE_POSTGRES_PASSWORD'] ?? 'ordergate';
  return {
    brokers: [kafka],
    postgresUrl: `postgres://postgres:${encodeURIComponent(password)}@${postgres}/postgres`,
    stop: async () => {
      if (started.length > 0) await compose('stop', ...started);
    },
    leaveRunning: () => {},
  };
}

async function compose(...args: string[]): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)('docker', ['compose', ...args], { cwd: projectRoot });
    return stdout.trim();
  } catch (error) {
    const { stderr } = error as { stderr?: string };
    throw new Error(`docker compose ${args.join(' ')} failed: ${stderr?.trim() || String(error)}`, { cause: error });
  }
}
