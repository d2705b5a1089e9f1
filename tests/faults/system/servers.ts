import { killServer, startLocalInfra, startServerAgain, type Infra, type ServerName } from '@ordergate/local-infra';
import { rmSync } from 'node:fs';
import { join } from 'node:path';

/** A broker and a Postgres of a run's own, which may be killed and come back in place. */
export class Servers {
  /** Data and logs. */
  readonly home: string;
  readonly infra: Infra;
  /** Systems that run on these servers; they are ended first. */
  readonly systems = new Set<{ stop(): Promise<void> }>();

  private constructor(home: string, infra: Infra) {
    this.home = home;
    this.infra = infra;
  }

  static async start(home: string, onProgress: (line: string) => void): Promise<Servers> {
    return new Servers(home, await startLocalInfra({ dataDir: home, onProgress }));
  }

  get brokers(): string[] {
    return this.infra.brokers;
  }

  /** All that Postgres has said, before and after it was killed. */
  get postgresLog(): string {
    return join(this.home, 'logs', 'postgres.log');
  }

  kill(name: ServerName): Promise<void> {
    return killServer(this.home, name);
  }

  startAgain(name: ServerName): Promise<void> {
    return startServerAgain(this.home, name);
  }

  /** @param keepsData data and logs are wanted by somebody who looks for what went wrong */
  async stop({ keepsData }: { keepsData: boolean }): Promise<void> {
    await Promise.all([...this.systems].map((system) => system.stop()));
    await this.infra.stop({ isDiscarded: !keepsData });
    if (keepsData) console.log(`Data and logs are kept in ${this.home}`);
    else rmSync(this.home, { recursive: true, force: true });
  }
}
