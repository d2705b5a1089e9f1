import { Controller, Get, HttpCode, Post } from '@nestjs/common';
import { Database } from '@ordergate/database';
import {
  IdParam,
  NoIdempotency,
  notFound,
  PageParam,
  pageOf,
  QueryParam,
  type Page,
  type PageRequest,
} from '@ordergate/http';
import { AllowRoles, readers } from '@ordergate/identity';
import type { Decision } from '../domain/gate/decision.ts';
import { explainDecision, recompute } from '../domain/gate/explain-decision.ts';
import { amountsInJson } from '../domain/amounts-json.ts';
import { decisionData } from '../handlers/decision-message.ts';
import { Policies } from '../policies.ts';
import { readDecision, readDecisions, readDecisionsOf } from '../store/decision.store.ts';

const whoReads = readers('credit-analyst', 'credit-manager');

/** The decision record: what was answered, and the facts it rests on. */
@Controller('v1')
@AllowRoles(...whoReads)
export class DecisionsController {
  private readonly database: Database;

  private readonly policies: Policies;

  constructor(database: Database, policies: Policies) {
    this.database = database;
    this.policies = policies;
  }

  @Get('decisions/:id')
  async read(@IdParam('id') decisionId: string): Promise<object> {
    const decision = await this.decision(decisionId);
    const policy = await this.policies.version(this.database, decision.policyVersion);
    const { facts, verdicts } = explainDecision(decision, policy);
    const { account, order } = facts;
    return { ...decisionRecord(decision), facts: amountsInJson({ account, order }) as object, rules: verdicts };
  }

  /** Decides again from the stored facts and says whether the answer is the same; it must be, for every decision. */
  @Post('decisions/:id/recompute')
  @HttpCode(200)
  @NoIdempotency()
  async recompute(@IdParam('id') decisionId: string): Promise<object> {
    const decision = await this.decision(decisionId);
    const { outcome, reasons, policyVersion } = decision;
    const recomputed = recompute(decision, await this.policies.version(this.database, policyVersion));
    return { decisionId, policyVersion, stored: { outcome, reasons }, ...recomputed };
  }

  @Get('credit-accounts/:id/decisions')
  async list(
    @IdParam('id') customerId: string,
    @QueryParam('orderId', 'identifier') orderId: string | undefined,
    @PageParam('integer') { limit, after }: PageRequest,
  ): Promise<Page<object>> {
    const asked = { limit: limit + 1, ...(after && { beforeSeq: BigInt(after[0]!) }) };
    const decisions = orderId
      ? await readDecisionsOf(this.database, { customerId, orderId }, asked)
      : await readDecisions(this.database, customerId, asked);
    const page = pageOf(decisions, limit, ({ seq }) => [String(seq)]);
    return { ...page, items: page.items.map(decisionRecord) };
  }

  private async decision(decisionId: string): Promise<Decision> {
    const isUuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(decisionId);
    const decision = isUuid ? await readDecision(this.database, decisionId) : undefined;
    if (!decision) throw notFound(`There is no decision ${decisionId}`);
    return decision;
  }
}

function decisionRecord(decision: Decision): object {
  return { outcome: decision.outcome, ...decisionData(decision), ...(decision.facts && { facts: decision.facts }) };
}
