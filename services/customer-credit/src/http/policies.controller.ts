import { Controller, Get, Post, Put } from '@nestjs/common';
import { Database } from '@ordergate/database';
import {
  Answer,
  IdParam,
  notFound,
  PageParam,
  pageOf,
  ProblemException,
  ValidBody,
  type Page,
  type PageRequest,
} from '@ordergate/http';
import { AllowRoles, CurrentUser, readers, type User } from '@ordergate/identity';
import { readBusinessDay } from '@ordergate/messaging';
import { readPolicy } from '../policy-file.ts';
import { ReevaluationJobs } from '../reevaluation-jobs.ts';
import {
  listPolicies,
  readActivations,
  readPolicyChecks,
  readWrittenPolicy,
  saveActivation,
  savePolicy,
  savePolicyCheck,
  versionsInForce,
  type WrittenPolicy,
} from '../store/policy.store.ts';
import { mayActivate } from '../domain/policy/may-activate.ts';
import { ActivationBody, PolicyBody, PolicyCheckBody } from './policy-bodies.ts';

const whoReads = readers('credit-analyst', 'credit-manager');

/** A policy's life: written, proved, activated by a second person, and activated again when a later one was wrong. */
@Controller('v1/policies')
export class PoliciesController {
  private readonly database: Database;
  private readonly jobs: ReevaluationJobs;

  constructor(database: Database, jobs: ReevaluationJobs) {
    this.database = database;
    this.jobs = jobs;
  }

  @Get()
  @AllowRoles(...whoReads)
  async list(@PageParam('instant', 'identifier') { limit, after }: PageRequest): Promise<Page<object>> {
    const before = after && { writtenAt: after[0]!, version: after[1]! };
    const page = pageOf(
      await listPolicies(this.database, { before, limit: limit + 1 }),
      limit,
      ({ writtenAt, version }) => [writtenAt.toISOString(), version],
    );
    const inForce = await this.inForce();
    return { ...page, items: page.items.map((policy) => ({ ...policy, isInForce: policy.version === inForce })) };
  }

  @Post()
  @AllowRoles('credit-analyst', 'credit-manager')
  async write(@ValidBody(PolicyBody) { document, note }: PolicyBody, @CurrentUser() user: User): Promise<Answer> {
    const policy = policyIn(document);
    const { version } = policy;
    const written = {
      version,
      document: policy,
      note: note ?? null,
      writtenBy: `user:${user.id}`,
      writtenAt: new Date(),
    };
    if (!(await savePolicy(this.database, written)))
      throw new ProblemException(
        409,
        'version-conflict',
        `Version ${version} is written already; give this one another`,
      );
    return new Answer(201, { version }, `/v1/policies/${version}`);
  }

  @Get(':version')
  @AllowRoles(...whoReads)
  async read(@IdParam('version') version: string): Promise<object> {
    const policy = await this.written(version);
    const [activations, checks, inForce] = await Promise.all([
      readActivations(this.database, version),
      readPolicyChecks(this.database, version),
      this.inForce(),
    ]);
    return { ...policy, isInForce: version === inForce, activations, checks };
  }

  @Put(':version/checks')
  @AllowRoles('credit-analyst', 'credit-manager')
  async report(
    @IdParam('version') version: string,
    @ValidBody(PolicyCheckBody) body: PolicyCheckBody,
    @CurrentUser() user: User,
  ): Promise<object> {
    await this.written(version);
    const check = { ...body, reportedBy: `user:${user.id}`, reportedAt: new Date() };
    await savePolicyCheck(this.database, version, check);
    return check;
  }

  /** Answers when every account that the policy may decide otherwise is on its way to be decided again. */
  @Post(':version/activation')
  @AllowRoles('credit-manager')
  async activate(
    @IdParam('version') version: string,
    @ValidBody(ActivationBody) { effectiveOn, reason }: ActivationBody,
    @CurrentUser() user: User,
  ): Promise<Answer> {
    const { writtenBy } = await this.written(version);
    const [businessDay, activations, checks] = await Promise.all([
      readBusinessDay(this.database),
      readActivations(this.database, version),
      readPolicyChecks(this.database, version),
    ]);
    if (businessDay === null) throw new ProblemException(503, 'not-ready', 'No business day has started yet');
    const activatedBy = `user:${user.id}`;
    const day = effectiveOn ?? businessDay;
    const verdict = mayActivate({
      writtenBy,
      activatedBy,
      checks,
      wasActive: activations.length > 0,
      effectiveOn: day,
      businessDay,
    });
    if (verdict.outcome === 'refused')
      throw new ProblemException(verdict.code === 'validation-failed' ? 422 : 409, verdict.code, verdict.why);
    const activation = { version, effectiveOn: day, reason, activatedBy, activatedAt: new Date() };
    if (day > businessDay) {
      await saveActivation(this.database, activation);
      return new Answer(200, activation);
    }
    const accountsToDecideAgain = await this.jobs.start(
      { kind: 'policy', because: `policy ${version}`, detail: { version } },
      (sql) => saveActivation(sql, activation),
    );
    return new Answer(200, { ...activation, accountsToDecideAgain });
  }

  private async written(version: string): Promise<WrittenPolicy> {
    const policy = await readWrittenPolicy(this.database, version);
    if (!policy) throw notFound(`There is no policy ${version}`);
    return policy;
  }

  private async inForce(): Promise<string | null> {
    const businessDay = await readBusinessDay(this.database);
    return businessDay === null ? null : (await versionsInForce(this.database, businessDay)).live;
  }
}

/** The policy in a text; every mistake is a field of the problem, with its line. */
function policyIn(document: string) {
  try {
    return readPolicy(document, 'document');
  } catch (error) {
    const errors = (error as Error).message.split('\n').map((sentence) => {
      const [, field, problem] = /^(document(?::\d+)*): (.*)$/.exec(sentence) ?? [undefined, 'document', sentence];
      return { field: field!, problem: problem! };
    });
    throw new ProblemException(400, 'validation-failed', 'The policy is not valid; the one in force stays', errors);
  }
}
