import { Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { OrderPlacedV1 } from '@ordergate/contracts';
import { Database } from '@ordergate/database';
import { NoIdempotency, ValidBody } from '@ordergate/http';
import { AllowRoles, readers } from '@ordergate/identity';
import { isAnythingParked, MESSAGING_SETTINGS, type MessagingSettings } from '@ordergate/messaging';
import { checkOrder } from '../handlers/check-order.ts';
import { Policies } from '../policies.ts';
import { chunkToRead } from './chunk-to-read.ts';

/** What would be decided now: reads committed state without locks, reserves and stores nothing. */
@Controller('v1/credit-checks')
export class CreditChecksController {
  private readonly database: Database;
  private readonly settings: MessagingSettings;
  private readonly policies: Policies;

  constructor(database: Database, @Inject(MESSAGING_SETTINGS) settings: MessagingSettings, policies: Policies) {
    this.database = database;
    this.settings = settings;
    this.policies = policies;
  }

  @Post()
  @HttpCode(200)
  @NoIdempotency()
  @AllowRoles(...readers('order-system', 'sales', 'credit-analyst', 'credit-manager'))
  async check(@ValidBody(OrderPlacedV1) order: OrderPlacedV1): Promise<object> {
    const [chunk, waitsForRepair] = await Promise.all([
      chunkToRead(this.database),
      isAnythingParked(this.database, this.settings.service, order.customerId),
    ]);
    return checkOrder(chunk, this.policies, order, waitsForRepair);
  }
}
