import { databaseUrl, projectRoot } from '@ordergate/local-infra';
import { join } from 'node:path';
import type { LoadTarget } from '../load/load-process.ts';

export const partitions = 12;
/** The few rules that the gate asks where the benchmark is not about rules. */
export const benchmarkPolicy = join(projectRoot, 'tests', 'benchmark', 'policy.yaml');

/** The Kafka and the Postgres of one run, fresh. */
export class Servers {
  readonly brokers: string[];
  readonly postgresUrl: string;
  /** Data, logs and keys. */
  readonly home: string;

  constructor({ brokers, postgresUrl }: { brokers: string[]; postgresUrl: string }, home: string) {
    this.brokers = brokers;
    this.postgresUrl = postgresUrl;
    this.home = home;
  }

  databaseUrl(name: string): string {
    return databaseUrl(this.postgresUrl, name);
  }

  /** For topics that hold nothing yet. */
  target(ordersTopic: string, decisionsTopic: string): LoadTarget {
    const decisionsFrom = Array.from({ length: partitions }, () => 0);
    return { broker: this.brokers[0]!, ordersTopic, decisionsTopic, partitions, decisionsFrom };
  }
}
