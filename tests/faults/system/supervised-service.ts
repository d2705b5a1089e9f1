import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ServiceProcess, type ServiceCommand } from '../../../tools/demo/service-process.ts';
import type { ServiceName } from '../../../tools/demo/services.ts';

/** As systemd or Kubernetes would wait before they start a process again. */
const restartMs = 100;

/** One instance of a service under a supervisor: whenever it ends, it is started again, with a log of its own. */
export class SupervisedService {
  readonly name: string;
  readonly service: ServiceName;
  /** Ends that nobody had asked for, with the last lines of their logs. */
  readonly endedByItself: string[] = [];
  private readonly command: ServiceCommand;
  private readonly logDir: string;
  private process!: ServiceProcess;
  private starts = 0;
  private isStopping = false;
  private killed = false;
  private restarting: Promise<void> = Promise.resolve();

  constructor(name: string, command: ServiceCommand, logDir: string) {
    this.name = name;
    this.service = command.name as ServiceName;
    this.command = command;
    this.logDir = logDir;
  }

  /** The same whenever it is started. */
  get url(): string {
    return `http://127.0.0.1:${this.command.env['PORT']}`;
  }

  async start(): Promise<void> {
    this.starts += 1;
    const logFile = join(this.logDir, `${this.name}-${this.starts}.log`);
    this.killed = false;
    this.process = await ServiceProcess.start({ ...this.command, logFile });
    void this.process.death.then((death) => {
      if (this.isStopping) return;
      if (!this.killed) this.endedByItself.push(death.message);
      this.restarting = pause(restartMs).then(() => (this.isStopping ? undefined : this.start()));
    });
  }

  waitUntilReady(): Promise<void> {
    return this.process.waitUntilReady();
  }

  /** Ends it as a power cut would; the supervisor starts it again. */
  kill(): void {
    this.killed = true;
    this.signal('SIGKILL');
  }

  freeze(): void {
    this.signal('SIGSTOP');
  }

  thaw(): void {
    this.signal('SIGCONT');
  }

  private signal(signal: NodeJS.Signals): void {
    try {
      process.kill(this.process.identity.pid, signal);
    } catch (error) {
      // Ended by itself a moment ago, and not started again yet.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    this.thaw();
    await this.restarting.catch(() => undefined);
    await this.process.stop();
  }
}
