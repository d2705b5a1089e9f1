import { Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { OrderPlacedV1 } from '@ordergate/contracts';
import { Database } from '@ordergate/database';
import { NoIdempotency, ProblemException, ValidBody } from '@ordergate/http';
import { AllowRoles, readers } from '@ordergate/identity';
import { readBusinessDay } from '@ordergate/messaging';
import type { Policy } from '../domain/policy/policy.ts';
import { checkOrder } from '../handlers/check-order.ts';
import { POLICY } from '../policy-file.ts';

/** What would be decided now: reads committed state without locks, reserves and stores nothing. */
@Controller('v1/credit-checks')
export class CreditChecksController {
  private readonly database: Database;
  private readonly policy: Policy;

  constructor(database: Database, @Inject(POLICY) policy: Policy) {
    this.database = database;
    this.policy = policy;
  }

  @Post()
  @HttpCode(200)
  @NoIdempotency()
  @AllowRoles(...readers('order-system', 'sales', 'credit-analyst', 'credit-manager'))
  async check(@ValidBody(OrderPlacedV1) order: OrderPlacedV1): Promise<object> {
    const businessDay = await readBusinessDay(this.database);
    if (businessDay === null) throw new ProblemException(503, 'not-ready', 'No business day has started yet');
    return checkOrder({ sql: this.database, businessDay, at: new Date() }, this.policy, order);
  }
}
