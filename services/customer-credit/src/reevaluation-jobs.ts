import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Database, type Sql } from '@ordergate/database';
import { MESSAGING_SETTINGS, MessageSender, waitForOpenChunks, type MessagingSettings } from '@ordergate/messaging';
import { gaugeOf, LOGGER, Registry, type Logger } from '@ordergate/observability';
import { v5 as uuidv5, v7 as uuidv7 } from 'uuid';
import { sendDueOrders } from './due-orders-job.ts';
import { Policies } from './policies.ts';
import { saveExchangeRate } from './store/exchange-rate.store.ts';
import { readActivations, readWrittenPolicy } from './store/policy.store.ts';
import { accountsLeft, endJob, nextAccounts, openJobs, saveJob, type Job } from './store/reevaluation-job.store.ts';

type Unnumbered<J> = J extends Job ? Omit<J, 'jobId' | 'cursor'> : never;
type NewJob = Unnumbered<Job>;

const accountsAtOnce = 1_000;
const lookEveryMs = 5_000;
const logEveryMs = 2_000;
const commandNamespace = '0b6a1a52-3f0e-5c0b-9c55-1f5f6c1f7d11';

const accountJobs: readonly Job['kind'][] = [
  ...(['policy', 'business-day', 'exchange-rate', 'credit-group', 'hold-retirement'] as const),
];
const doneInWords: Partial<Record<Job['kind'], string>> = {
  'due-orders': 'orders are due',
  'hold-retirement': 'accounts have closed holds cleared',
};

/**
 * A fact that many accounts may wait for does not loop over them in one transaction: it commits with a job, and the job
 * sends each account a command, in chunks, resumable (SEMANTICS.md 1).
 */
@Injectable()
export class ReevaluationJobs implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly database: Database;
  readonly sender: MessageSender;
  readonly policies: Policies;
  private readonly settings: MessagingSettings;
  private readonly logger: Logger;
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<unknown> = Promise.resolve();

  constructor(
    database: Database,
    sender: MessageSender,
    policies: Policies,
    @Inject(MESSAGING_SETTINGS) settings: MessagingSettings,
    @Inject(LOGGER) logger: Logger,
    registry: Registry,
  ) {
    gaugeOf(registry, {
      name: 'ordergate_accounts_to_tell',
      help: 'Accounts that open jobs have still to tell of a policy, a day, a rate or a group',
      labelNames: ['kind'],
      collect: (gauge) => this.countAccountsLeft(gauge),
    });
    this.database = database;
    this.sender = sender;
    this.policies = policies;
    this.settings = settings;
    this.logger = logger;
  }

  /** Picks up what a process that died had not finished. */
  onApplicationBootstrap(): void {
    const look = (): void => {
      this.running = this.runOpen().catch((error: Error) =>
        this.logger.warn(`Accounts wait to be decided again: ${error.message}`),
      );
    };
    look();
    this.timer = setInterval(look, lookEveryMs);
    this.timer.unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  private async countAccountsLeft(gauge: ReturnType<typeof gaugeOf>): Promise<void> {
    gauge.reset();
    for (const kind of accountJobs) gauge.set({ kind }, 0);
    for (const job of await openJobs(this.database))
      if (accountJobs.includes(job.kind)) gauge.inc({ kind: job.kind }, await accountsLeft(this.database, job));
  }

  /** Records a rate; returns how many accounts are decided again for it, when all of them are on their way. */
  async takeRate({ day, from, to, rate }: { day: string; from: string; to: string; rate: string }): Promise<number> {
    return this.start(
      {
        kind: 'exchange-rate',
        because: `rate ${from} ${to} of ${day}`,
        detail: { toCurrency: to, fromCurrency: from },
      },
      (sql) => saveExchangeRate(sql, day, from, to, rate),
    );
  }

  /** Commits a fact with the job that follows from it; returns how many accounts are decided again, when all are on their way. */
  async start(fact: NewJob, save: (sql: Sql) => Promise<unknown>): Promise<number> {
    const job: Job = { ...fact, jobId: uuidv7(), cursor: '' };
    await this.database.transaction(async (sql) => {
      await save(sql);
      await saveJob(sql, job);
    });
    return this.run(job);
  }

  /** Finishes what was committed with a fact and not done yet. */
  async runOpen(): Promise<void> {
    for (const job of await openJobs(this.database)) await this.run(job);
  }

  /** Two instances on one job only send the same commands twice: their ids are made of job and account. */
  private async run(job: Job): Promise<number> {
    await waitForOpenChunks(this.database, this.settings.service);
    if (job.kind === 'policy') await this.tellPolicy(job.jobId, job.detail.version);
    const sent = job.kind === 'due-orders' ? await sendDueOrders(job, this) : await this.tellAccounts(job);
    await endJob(this.database, job.jobId);
    if (sent > 0) this.logger.info(`${sent} ${doneInWords[job.kind] ?? 'accounts are decided again'}: ${job.because}`);
    return sent;
  }

  private async tellAccounts(job: Job): Promise<number> {
    const type = job.kind === 'hold-retirement' ? 'RetireHolds.v1' : 'ReevaluationRequested.v1';
    let sent = 0;
    let loggedAt = Date.now();
    for (let cursor = job.cursor; ;) {
      const customerIds = await nextAccounts(this.database, job, { after: cursor, most: accountsAtOnce });
      await this.sender.send(
        customerIds.map((customerId) => ({
          topic: 'credit-commands',
          key: customerId,
          type,
          id: uuidv5(`${job.jobId} ${customerId}`, commandNamespace),
          data: type === 'RetireHolds.v1' ? { customerId } : { customerId, because: job.because },
          correlationId: job.jobId,
        })),
        new Date(),
      );
      sent += customerIds.length;
      cursor = customerIds.at(-1) ?? cursor;
      if (customerIds.length < accountsAtOnce) break;
      await saveJob(this.database, { ...job, cursor });
      if (Date.now() - loggedAt < logEveryMs) continue;
      loggedAt = Date.now();
      const left = await accountsLeft(this.database, { ...job, cursor });
      this.logger.info(`${sent} accounts are told, ${left} are left: ${job.because}`);
    }
    return sent;
  }

  private async tellPolicy(jobId: string, version: string): Promise<void> {
    const [activation] = await readActivations(this.database, version);
    const { activatedBy, activatedAt } = activation!;
    const { document } = (await readWrittenPolicy(this.database, version))!;
    const data = { version, document, activatedBy, activatedAt: activatedAt.toISOString() };
    const id = uuidv5(`${jobId} activated`, commandNamespace);
    await this.sender.send(
      [{ topic: 'policies', key: version, type: 'PolicyActivated.v1', id, data, correlationId: version }],
      new Date(),
    );
  }
}
