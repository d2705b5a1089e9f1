import { Controller, Get } from '@nestjs/common';
import { holdStatuses, type HoldStatus } from '@ordergate/contracts';
import { Database } from '@ordergate/database';
import { IdParam, PageParam, pageOf, QueryParam, QueryParams, type PageRequest, type QueryKind } from '@ordergate/http';
import { AllowRoles, CurrentUser, type User } from '@ordergate/identity';
import type { Chunk } from '@ordergate/messaging';
import { addDays } from '@ordergate/money';
import { isOpen, type CreditHold } from '../domain/hold/credit-hold.ts';
import { decisionData } from '../handlers/decision-message.ts';
import { holdRecord } from '../handlers/hold-message.ts';
import { holdsNow, type HoldNow } from '../handlers/hold-now.ts';
import { Policies } from '../policies.ts';
import { readDecisionsOf } from '../store/decision.store.ts';
import { readHoldEvents } from '../store/hold-event.store.ts';
import {
  countHolds,
  holdSorts,
  listHolds,
  readHoldsOfOrders,
  type HoldFilter,
  type HoldSort,
} from '../store/hold-list.store.ts';
import { chunkToRead } from './chunk-to-read.ts';
import { holdReaders, salesRepsOf, seenBy } from './hold-access.ts';
import { historyOf } from './hold-history.ts';

const heldStatuses: readonly HoldStatus[] = ['open', 'ready'];
const decisionsMax = 200;

const filters = {
  status: holdStatuses,
  reason: 'identifier',
  assignedTo: 'text',
  customerId: 'identifier',
  salesRepId: 'identifier',
  segment: 'identifier',
  riskClass: 'identifier',
  heldForDays: 'count',
  reviewBy: 'day',
  waitsForSecondPerson: ['true'],
  sort: holdSorts,
} as const satisfies Record<string, QueryKind>;
interface HoldQuery extends Partial<Record<keyof typeof filters, string>> {
  status?: HoldStatus;
  sort?: HoldSort;
}

/** Finance's work-list. Every hold says what holds its order by what is committed now, what would free it, and why it is where it is in the list. */
@Controller('v1/holds')
@AllowRoles(...holdReaders)
export class HoldsController {
  private readonly database: Database;
  private readonly policies: Policies;

  constructor(database: Database, policies: Policies) {
    this.database = database;
    this.policies = policies;
  }

  /** `assignedTo=-` are those that nobody works on; `heldForDays` counts business days. The first page has counts of all that fits. */
  @Get()
  async list(
    @QueryParams(filters) query: HoldQuery,
    @PageParam('integer', 'identifier', 'identifier') { limit, after }: PageRequest,
    @CurrentUser() user: User,
  ): Promise<object> {
    const chunk = await chunkToRead(this.database);
    const filter = filterOf(query, user, chunk.businessDay!);
    const [sortKey, afterCustomer, afterOrder] = after ?? [];
    const rows = await listHolds(this.database, filter, {
      sort: query.sort ?? 'priority',
      limit: limit + 1,
      after: after && { sortKey: sortKey!, customerId: afterCustomer!, orderId: afterOrder! },
    });
    const page = pageOf(rows, limit, (hold) => [hold.sortKey, hold.customerId, hold.orderId]);
    return {
      ...page,
      items: await this.records(chunk, page.items),
      ...(!after && { counts: await countHolds(this.database, filter, chunk.businessDay!) }),
    };
  }

  /** The case: how it stands now, what happened to it, who said what, and every decision about its order. */
  @Get(':orderId')
  async read(
    @IdParam('orderId') orderId: string,
    @QueryParam('customerId', 'identifier') customerId: string | undefined,
    @CurrentUser() user: User,
  ): Promise<object> {
    const hold = seenBy(user, await readHoldsOfOrders(this.database, [orderId], customerId), orderId);
    const chunk = await chunkToRead(this.database);
    const [events, decisions, [record]] = await Promise.all([
      readHoldEvents(this.database, hold.customerId, orderId),
      readDecisionsOf(this.database, hold, { limit: decisionsMax }),
      this.records(chunk, [hold]),
    ]);
    return {
      ...record,
      ...historyOf(events, decisions),
      decisions: decisions.map((decision) => ({ outcome: decision.outcome, ...decisionData(decision) })),
    };
  }

  /** What is closed waits for nothing any more. */
  private async records(chunk: Chunk, holds: readonly CreditHold[]): Promise<object[]> {
    const open = holds.filter(isOpen);
    const asked = await holdsNow(chunk, this.policies, open);
    const nowOf = new Map<CreditHold, HoldNow>(open.map((hold, at) => [hold, asked[at]!]));
    return holds.map((hold) => ({ ...holdRecord(hold), ...nowOf.get(hold) }));
  }
}

function filterOf(query: HoldQuery, user: User, businessDay: string): HoldFilter {
  const { status, assignedTo, salesRepId, heldForDays, waitsForSecondPerson, sort: _sort, ...rest } = query;
  return {
    ...rest,
    statuses: status ? [status] : heldStatuses,
    assignedTo: assignedTo === '-' ? null : assignedTo,
    salesReps: narrowed(salesRepsOf(user), salesRepId),
    openedBy: heldForDays === undefined ? undefined : addDays(businessDay, -Number(heldForDays)),
    waitsForSecondPerson: waitsForSecondPerson === 'true',
  };
}

/** A representative sees no more than the token allows, whoever is asked for. */
function narrowed(own: string[] | undefined, asked: string | undefined): string[] | undefined {
  if (asked === undefined) return own;
  return own === undefined || own.includes(asked) ? [asked] : [];
}
