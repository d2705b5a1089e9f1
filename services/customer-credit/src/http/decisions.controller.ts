import { Controller, Get } from '@nestjs/common';
import { Database } from '@ordergate/database';
import { IdParam, notFound, PageParam, pageOf, QueryParam, type Page, type PageRequest } from '@ordergate/http';
import { AllowRoles, readers } from '@ordergate/identity';
import type { Decision } from '../domain/gate/decision.ts';
import { decisionData } from '../handlers/decision-message.ts';
import { readDecision, readDecisions } from '../store/decision.store.ts';

const whoReads = readers('credit-analyst', 'credit-manager');

/** The decision record: what was answered, and the facts it rests on. */
@Controller('v1')
@AllowRoles(...whoReads)
export class DecisionsController {
  private readonly database: Database;

  constructor(database: Database) {
    this.database = database;
  }

  @Get('decisions/:id')
  async read(@IdParam('id') decisionId: string): Promise<object> {
    const isUuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(decisionId);
    const decision = isUuid ? await readDecision(this.database, decisionId) : undefined;
    if (!decision) throw notFound(`There is no decision ${decisionId}`);
    return decisionRecord(decision);
  }

  @Get('credit-accounts/:id/decisions')
  async list(
    @IdParam('id') customerId: string,
    @QueryParam('orderId', 'identifier') orderId: string | undefined,
    @PageParam('integer') { limit, after }: PageRequest,
  ): Promise<Page<object>> {
    const decisions = await readDecisions(this.database, customerId, {
      limit: limit + 1,
      ...(orderId && { orderId }),
      ...(after && { beforeSeq: BigInt(after[0]!) }),
    });
    const page = pageOf(decisions, limit, ({ seq }) => [String(seq)]);
    return { ...page, items: page.items.map(decisionRecord) };
  }
}

function decisionRecord(decision: Decision): object {
  return { outcome: decision.outcome, ...decisionData(decision), ...(decision.facts && { facts: decision.facts }) };
}
