import { Injectable } from '@nestjs/common';
import { saveBusinessDay, type BatchHandler, type Chunk, type Delivery, type Outgoing } from '@ordergate/messaging';
import { CustomerJobs } from '../customer-jobs.ts';
import { saveJob } from '../store/customer-job.store.ts';

/**
 * A new day makes items overdue, older, or forgotten. Its work over all customers is not one transaction: it commits with
 * a job, and the day is handled when the job has sent every customer concerned its command.
 */
@Injectable()
export class OnBusinessDays implements BatchHandler {
  readonly types: readonly string[] = ['BusinessDayStarted.v1'];
  private readonly jobs: CustomerJobs;

  constructor(jobs: CustomerJobs) {
    this.jobs = jobs;
  }

  async handle(deliveries: Delivery<{ businessDay: string }>[], { sql }: Chunk): Promise<Outgoing[]> {
    const started = deliveries.map(({ message }) => message.businessDay);
    const businessDay = started.reduce((latest, day) => (day > latest ? day : latest));
    await saveBusinessDay(sql, businessDay);
    await saveJob(sql, { jobId: `business-day/${businessDay}`, kind: 'business-day', businessDay, cursor: '' });
    return [];
  }

  afterCommit(): Promise<void> {
    return this.jobs.runOpen();
  }
}
