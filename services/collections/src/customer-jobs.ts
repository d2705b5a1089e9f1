import { Inject, Injectable } from '@nestjs/common';
import { Database } from '@ordergate/database';
import { uuidV5 } from '@ordergate/http';
import { MESSAGING_SETTINGS, MessageSender, waitForOpenChunks, type MessagingSettings } from '@ordergate/messaging';
import { endJob, nextCustomers, openJobs, saveJob, type CustomerJob } from './store/customer-job.store.ts';

const customersAtOnce = 1_000;
const commandNamespace = '5d8a3c1e-2b7f-5e0a-8c64-1f0b9d7e3a52';

/**
 * A fact that concerns many customers does not loop over them in one transaction: it commits with a job, and the job
 * sends each customer a command, in chunks, resumable (SEMANTICS.md 1).
 */
@Injectable()
export class CustomerJobs {
  private readonly database: Database;
  private readonly sender: MessageSender;
  private readonly settings: MessagingSettings;

  constructor(database: Database, sender: MessageSender, @Inject(MESSAGING_SETTINGS) settings: MessagingSettings) {
    this.database = database;
    this.sender = sender;
    this.settings = settings;
  }

  /** Runs what has been begun, here or by a process that died. */
  async runOpen(): Promise<void> {
    for (const job of await openJobs(this.database)) await this.run(job);
  }

  /** Two instances on one job only send the same commands twice: their ids are made of job and customer. */
  private async run(job: CustomerJob): Promise<void> {
    await waitForOpenChunks(this.database, this.settings.service);
    for (let { cursor } = job; ;) {
      const customerIds = await nextCustomers(this.database, job, cursor, customersAtOnce);
      await this.sender.send(
        customerIds.map((customerId) => ({
          topic: 'collection-commands',
          key: customerId,
          type: 'StandingReviewRequested.v1',
          id: uuidV5(commandNamespace, `${job.jobId} ${customerId}`),
          data: { customerId, because: job.jobId },
          correlationId: job.jobId,
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
