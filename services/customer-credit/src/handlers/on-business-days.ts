import { Injectable } from '@nestjs/common';
import { saveBusinessDay, type BatchHandler, type Chunk, type Delivery, type Outgoing } from '@ordergate/messaging';
import { v7 as uuidv7 } from 'uuid';
import { addDays } from '@ordergate/money';
import { keptDays } from './retire-holds.ts';
import { ReevaluationJobs } from '../reevaluation-jobs.ts';
import { versionsInForce } from '../store/policy.store.ts';
import { saveJob } from '../store/reevaluation-job.store.ts';

const firstDay = '0001-01-01';

/** A new day: limits and approvals end, items become overdue, a policy may come into force. What is held is decided again. */
@Injectable()
export class OnBusinessDays implements BatchHandler {
  readonly types: readonly string[] = ['BusinessDayStarted.v1'];
  private readonly jobs: ReevaluationJobs;

  constructor(jobs: ReevaluationJobs) {
    this.jobs = jobs;
  }

  async handle(deliveries: Delivery<{ businessDay: string }>[], chunk: Chunk): Promise<Outgoing[]> {
    const { sql, businessDay: before } = chunk;
    const businessDay = deliveries
      .map(({ message }) => message.businessDay)
      .sort()
      .at(-1)!;
    if (before !== null && businessDay <= before) return [];
    await saveBusinessDay(sql, businessDay);
    const [then, now] = await Promise.all([
      before === null ? null : versionsInForce(sql, before),
      versionsInForce(sql, businessDay),
    ]);
    const because = `business day ${businessDay}`;
    const since = before ?? firstDay;
    await saveJob(sql, { jobId: uuidv7(), kind: 'due-orders', because, detail: { businessDay, since }, cursor: '' });
    const lastClosedOn = addDays(businessDay, -keptDays);
    await saveJob(sql, { jobId: uuidv7(), kind: 'hold-retirement', because, detail: { lastClosedOn }, cursor: '' });
    if (then !== null && now.live !== null && now.live !== then.live) {
      await saveJob(sql, {
        jobId: uuidv7(),
        kind: 'policy',
        because: `policy ${now.live}`,
        detail: { version: now.live },
        cursor: '',
      });
    } else await saveJob(sql, { jobId: uuidv7(), kind: 'business-day', because, detail: { businessDay }, cursor: '' });
    return [];
  }

  /** The day counts as handled when everything that follows from it is on its way. */
  afterCommit(): Promise<void> {
    return this.jobs.runOpen();
  }
}
