import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Database } from '@ordergate/database';
import { uuidV5 } from '@ordergate/http';
import { MESSAGING_SETTINGS, MessageSender, waitForOpenChunks, type MessagingSettings } from '@ordergate/messaging';
import { LOGGER, type Logger } from '@ordergate/observability';
import { endJob, nextCustomers, openJobs, runOf, saveJob, type CustomerJob } from './store/customer-job.store.ts';

const customersAtOnce = 1_000;
const lookEveryMs = 5_000;
const commandNamespace = '5d8a3c1e-2b7f-5e0a-8c64-1f0b9d7e3a52';

/**
 * A fact that concerns many customers does not loop over them in one transaction: it commits with a job, and the job
 * sends each customer a command, in chunks, resumable (SEMANTICS.md 1).
 */
@Injectable()
export class CustomerJobs implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly database: Database;
  private readonly sender: MessageSender;
  private readonly settings: MessagingSettings;
  private readonly logger: Logger;
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<unknown> = Promise.resolve();

  constructor(
    database: Database,
    sender: MessageSender,
    @Inject(MESSAGING_SETTINGS) settings: MessagingSettings,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.database = database;
    this.sender = sender;
    this.settings = settings;
    this.logger = logger;
  }

  /** Picks up what a process that died had not finished. */
  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.running = this.runOpen().catch((error: Error) => this.logger.warn(`Customers wait: ${error.message}`));
    }, lookEveryMs);
    this.timer.unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  /** Runs what has been begun, here or by a process that died. */
  async runOpen(): Promise<void> {
    for (const job of await openJobs(this.database)) await this.run(job);
  }

  /** Returns when every customer's command is on its way. Twice at once only sends the same commands twice. */
  async run(job: CustomerJob): Promise<void> {
    if (job.kind === 'business-day') await waitForOpenChunks(this.database, this.settings.service);
    for (let { cursor } = job; ;) {
      const customerIds = await nextCustomers(this.database, job, cursor, customersAtOnce);
      await this.sender.send(
        customerIds.map((customerId) => ({
          topic: 'collection-commands',
          key: customerId,
          // Made of job and customer, so that a repeated command is a duplicate.
          id: uuidV5(commandNamespace, `${job.jobId} ${customerId}`),
          correlationId: job.jobId,
          ...commandOf(job, customerId),
        })),
        new Date(),
      );
      if (customerIds.length < customersAtOnce) break;
      cursor = customerIds.at(-1)!;
      await saveJob(this.database, { ...job, cursor });
    }
    await endJob(this.database, job.jobId);
  }
}

function commandOf(job: CustomerJob, customerId: string): { type: string; data: object } {
  switch (job.kind) {
    case 'business-day':
      return { type: 'StandingReviewRequested.v1', data: { customerId, because: job.jobId } };
    case 'dunning-run':
      return { type: 'DunningRequested.v1', data: { customerId, runId: runOf(job) } };
  }
}
