import { Controller, Get } from '@nestjs/common';
import { Database } from '@ordergate/database';
import { IdParam, notFound, ProblemException } from '@ordergate/http';
import { AllowRoles, readers } from '@ordergate/identity';
import { readBusinessDay } from '@ordergate/messaging';
import { noRecord } from '../domain/standing/payment-record.ts';
import { standingOf } from '../domain/standing/standing.ts';
import { standingData } from '../handlers/standing-message.ts';
import { loadStandings } from '../store/standing.store.ts';

@Controller('v1/customers/:customerId/standing')
@AllowRoles(...readers('collector', 'credit-analyst', 'credit-manager'))
export class StandingController {
  private readonly database: Database;

  constructor(database: Database) {
    this.database = database;
  }

  /** How a customer pays: overdue, disputed, ageing, dunning level, days late. */
  @Get()
  async read(@IdParam('customerId') customerId: string) {
    const [standings, today] = await Promise.all([
      loadStandings(this.database, [customerId]),
      readBusinessDay(this.database),
    ]);
    const { currency, standing, toldOn, standsUntil } = standings.get(customerId)!;
    if (currency === null) throw notFound(`There is no customer ${customerId}`);
    if (today === null) throw new ProblemException(503, 'not-ready', 'No business day has started yet');
    if (standing === null) {
      const nothing = { openItems: [], commitments: [], record: noRecord, dunningLevel: 0, businessDay: today };
      return standingData({ customerId, businessDay: today, standing: standingOf({ currency, ...nothing }) });
    }
    if (toldOn === null) throw new ProblemException(503, 'not-ready', 'The first business day is being worked through');
    // What nothing has happened to still holds; what the new day's round has not reached is of the day it was told.
    const holds = standsUntil === null || standsUntil >= today;
    return standingData({ customerId, businessDay: holds ? today : toldOn, standing });
  }
}
