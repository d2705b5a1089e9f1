import { Controller, Get, Put } from '@nestjs/common';
import { Database, type Sql } from '@ordergate/database';
import { IdParam, notFound, ProblemException, ValidBody } from '@ordergate/http';
import { AllowRoles, CurrentUser, readers, type User } from '@ordergate/identity';
import { readBusinessDay } from '@ordergate/messaging';
import { formatMoney } from '@ordergate/money';
import { chainOf, type CreditGroup } from '../domain/account/credit-group.ts';
import { regroup } from '../handlers/regroup.ts';
import { limitData } from '../handlers/decision-message.ts';
import { ReevaluationJobs } from '../reevaluation-jobs.ts';
import { readAllGroups, readMembers } from '../store/credit-group.store.ts';
import { CreditGroupBody } from './account-bodies.ts';

/** Customers whose exposure is also checked as one pool: parents and subsidiaries, linked names. */
@Controller('v1/credit-groups/:id')
export class CreditGroupsController {
  private readonly database: Database;
  private readonly jobs: ReevaluationJobs;

  constructor(database: Database, jobs: ReevaluationJobs) {
    this.database = database;
    this.jobs = jobs;
  }

  @Get()
  @AllowRoles(...readers('credit-analyst', 'credit-manager'))
  async read(@IdParam('id') groupId: string): Promise<object> {
    const groups = await readAllGroups(this.database);
    const group = groups.get(groupId);
    if (!group) throw notFound(`There is no credit group ${groupId}`);
    const members = await readMembers(this.database, groupId);
    return {
      ...groupData(group),
      groupsAbove: chainOf(groups, group.parentId).map((above) => above.groupId),
      groupsBelow: [...groups.values()].filter(({ parentId }) => parentId === groupId).map((below) => below.groupId),
      customers: members.map(({ customerId }) => customerId),
    };
  }

  /** Answers when every account that the change may free is on its way to be decided again. */
  @Put()
  @AllowRoles('credit-analyst', 'credit-manager')
  async change(
    @IdParam('id') groupId: string,
    @ValidBody(CreditGroupBody) body: CreditGroupBody,
    @CurrentUser() user: User,
  ): Promise<object> {
    const businessDay = await readBusinessDay(this.database);
    if (businessDay === null) throw new ProblemException(503, 'not-ready', 'No business day has started yet');
    let changed: CreditGroup | undefined;
    const save = async (sql: Sql): Promise<void> => {
      const outcome = await regroup(sql, {
        groupId,
        ...body,
        changedBy: user.id,
        businessDay,
        at: new Date(),
      });
      if (outcome.outcome === 'refused')
        throw new ProblemException(422, 'validation-failed', undefined, [
          { field: outcome.field, problem: outcome.problem },
        ]);
      changed = outcome.group;
    };
    const accountsToDecideAgain = await this.jobs.start(
      { kind: 'credit-group', because: `credit group ${groupId}`, detail: { groupId } },
      save,
    );
    return { ...groupData(changed!), accountsToDecideAgain };
  }
}

function groupData({ groupId, parentId, currency, limit, exposure }: CreditGroup): object {
  return {
    groupId,
    ...(parentId && { parentId }),
    currency,
    limit: limitData(limit, currency),
    exposure: formatMoney({ minor: exposure, currency }),
    ...(limit.kind === 'amount' && { available: formatMoney({ minor: limit.minor - exposure, currency }) }),
  };
}
