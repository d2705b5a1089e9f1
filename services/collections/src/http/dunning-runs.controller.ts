import { Controller, Get, Post } from '@nestjs/common';
import { Identifier } from '@ordergate/contracts';
import { Database } from '@ordergate/database';
import { Answer, CommandId, created, IdParam, notFound, ProblemException, ValidBody } from '@ordergate/http';
import { AllowRoles, CurrentUser, readers, type User } from '@ordergate/identity';
import { readBusinessDay } from '@ordergate/messaging';
import { setTimeout as pause } from 'node:timers/promises';
import { CustomerJobs } from '../customer-jobs.ts';
import { isCustomerKnown } from '../store/customer.store.ts';
import { saveJob, type CustomerJob } from '../store/customer-job.store.ts';
import { readRun, startRun, type DunningRunReading } from '../store/dunning-run.store.ts';

class DunningRunBody {
  @Identifier({ optional: true, meaning: 'Only this customer; all of them, when left out' })
  customerId?: string;
}

const waitMs = 15_000;
const pollMs = 20;

@Controller('v1/dunning-runs')
export class DunningRunsController {
  private readonly database: Database;
  private readonly jobs: CustomerJobs;

  constructor(database: Database, jobs: CustomerJobs) {
    this.database = database;
    this.jobs = jobs;
  }

  /** Reminds who is overdue, one level further each. 201 when the run has come to everybody; 202 if that takes longer than 15 s. */
  @Post()
  @AllowRoles('collector', 'credit-manager')
  async start(
    @ValidBody(DunningRunBody) { customerId }: DunningRunBody,
    @CurrentUser() user: User,
    @CommandId() runId: string,
  ): Promise<Answer> {
    const startedAt = new Date();
    const businessDay = await readBusinessDay(this.database);
    if (businessDay === null) throw new ProblemException(503, 'not-ready', 'No business day has started yet');
    if (customerId !== undefined && !(await isCustomerKnown(this.database, customerId)))
      throw notFound(`There is no customer ${customerId}`);
    const job: CustomerJob = { jobId: `dunning-run/${runId}`, kind: 'dunning-run', businessDay, cursor: '' };
    await this.database.transaction(async (sql) => {
      await startRun(sql, { runId, businessDay, startedBy: `user:${user.id}`, startedAt }, customerId ?? null);
      await saveJob(sql, job);
    });
    await this.jobs.run(job);
    const location = `/v1/dunning-runs/${runId}`;
    for (;;) {
      const run = (await readRun(this.database, runId))!;
      if (run.handled === run.customers) return created(location, runView(run));
      if (Date.now() - startedAt.getTime() > waitMs) return new Answer(202, runView(run), location);
      await pause(pollMs);
    }
  }

  /** How far a run is and what it came to. */
  @Get(':runId')
  @AllowRoles(...readers('collector', 'credit-analyst', 'credit-manager'))
  async read(@IdParam('runId') runId: string) {
    const run = await readRun(this.database, runId);
    if (!run) throw notFound(`There was no dunning run ${runId}`);
    return runView(run);
  }
}

const runView = ({ startedAt, handled, customers, ...run }: DunningRunReading) => ({
  ...run,
  startedAt: startedAt.toISOString(),
  status: handled === customers ? 'done' : 'running',
  customers,
  handled,
});
