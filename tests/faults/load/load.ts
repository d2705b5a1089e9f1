import { setTimeout as pause } from 'node:timers/promises';
import type { Company, Told } from './company.ts';
import type { Sender } from './sender.ts';

const everyMs = 50;

/** Lets the company do business until it is stopped. */
export class Load {
  sent = 0;
  private readonly company: Company;
  private readonly sender: Sender;
  private readonly perSecond: number;
  private readonly onSending: (messages: readonly Told[]) => void;
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();

  /** @param perSecond messages a second while the broker takes them */
  constructor(company: Company, sender: Sender, perSecond: number, onSending: (messages: readonly Told[]) => void) {
    this.company = company;
    this.sender = sender;
    this.perSecond = perSecond;
    this.onSending = onSending;
  }

  /** The business day and the first customers. */
  async open(): Promise<void> {
    await this.send(this.company.opening());
  }

  start(): void {
    this.running = this.run();
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      const happened = Array.from({ length: Math.ceil((this.perSecond * everyMs) / 1_000) }, () => this.company.next());
      await Promise.all([this.send(happened.flat()), pause(everyMs)]);
    }
  }

  private async send(messages: readonly Told[]): Promise<void> {
    this.onSending(messages);
    if (messages.length > 0) await this.sender.send(messages, this.stopping.signal);
    this.sent += messages.length;
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
    await this.sender.close();
  }
}
