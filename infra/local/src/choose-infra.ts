import { spawnSync } from 'node:child_process';
import { findCommand, findJava } from './kafka/java.ts';
import { hasKafkaJars } from './kafka/kafka-jars.ts';

/** The three ways to Kafka and Postgres: containers, our own launcher, or servers that somebody else runs. */
export type InfraWay = 'docker' | 'local' | 'external';

/** What the machine offers. Asked one by one and only when it matters: an engine that hangs takes seconds to say nothing. */
export interface Machine {
  hasJava(): boolean;
  /** Maven, or the jars that it fetched before. */
  hasKafka(): boolean;
  runsServers(): boolean;
  dockerAnswers(): boolean;
}

/** Nothing to run on; the message is for people and names the three ways. */
export class NoInfraError extends Error {
  constructor(missing: string[]) {
    super(
      `There is no Kafka and no Postgres to run on (missing: ${missing.join(', ')}). Three ways: ` +
        `install Java 17 or newer and Maven, and Ordergate starts both by itself; ` +
        `start Docker (ORDERGATE_INFRA=docker); ` +
        `or name your own servers in KAFKA_BROKERS and DATABASE_URL (ORDERGATE_INFRA=external).`,
    );
  }
}

/**
 * The way that `ORDERGATE_INFRA` names; else your own servers if both are named, else local, which starts faster and
 * needs no engine, else Docker.
 * @throws NoInfraError; Error when ORDERGATE_INFRA names something else
 */
export function chooseInfra(env: NodeJS.ProcessEnv = process.env, machine: Machine = thisMachine(env)): InfraWay {
  const wish = env['ORDERGATE_INFRA'];
  if (wish === 'docker' || wish === 'local' || wish === 'external') return wish;
  if (wish) throw new Error(`ORDERGATE_INFRA is "${wish}"; known are docker, local and external.`);
  if (env['KAFKA_BROKERS'] && env['DATABASE_URL']) return 'external';

  const missing = missingForLocal(machine);
  if (missing.length === 0) return 'local';
  if (machine.dockerAnswers()) return 'docker';

  throw new NoInfraError([...missing, 'a Docker engine that answers']);
}

/** @throws NoInfraError when the local way cannot work here */
export function assertLocalIsPossible(machine: Machine = thisMachine(process.env)): void {
  const missing = missingForLocal(machine);
  if (missing.length > 0) throw new NoInfraError(missing);
}

function missingForLocal(machine: Machine): string[] {
  return [
    ...(machine.runsServers() ? [] : ['Linux or macOS']),
    ...(machine.hasJava() ? [] : ['Java 17 or newer']),
    ...(machine.hasKafka() ? [] : ['Maven']),
  ];
}

const thisMachine = (env: NodeJS.ProcessEnv): Machine => ({
  hasJava: () => findJava(env) !== null,
  hasKafka: () => hasKafkaJars() || findCommand('mvn', env) !== null,
  runsServers: () => process.platform !== 'win32',
  dockerAnswers: () => ['info', 'compose version'].every((command) => succeeds('docker', command.split(' '))),
});

const succeeds = (command: string, args: string[]): boolean =>
  spawnSync(command, args, { stdio: 'ignore', timeout: 10_000 }).status === 0;
