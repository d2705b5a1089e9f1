import { Controller, Get } from '@nestjs/common';
import { Database } from '@ordergate/database';
import { ProblemException, QueryParam } from '@ordergate/http';
import { AllowRoles, readers } from '@ordergate/identity';
import { readBusinessDay } from '@ordergate/messaging';
import { formatMoney } from '@ordergate/money';
import { ageing, overdue } from '@ordergate/receivables';
import { readDueSums, type DueSum } from '../store/open-item.store.ts';

@Controller('v1/ageing')
@AllowRoles(...readers('collector', 'credit-analyst', 'credit-manager'))
export class AgeingController {
  private readonly database: Database;

  constructor(database: Database) {
    this.database = database;
  }

  /** What is open by days overdue on the business day, each currency by itself; of one customer or of all. */
  @Get()
  async read(@QueryParam('customerId', 'identifier') customerId?: string) {
    const businessDay = await readBusinessDay(this.database);
    if (businessDay === null) throw new ProblemException(503, 'not-ready', 'No business day has started yet');
    const sums = Map.groupBy(await readDueSums(this.database, customerId ?? null), ({ currency }) => currency);
    const currencies = [...sums].map(([currency, due]) => agedCurrency(currency, due, businessDay));
    return { businessDay, ...(customerId !== undefined && { customerId }), currencies };
  }
}

function agedCurrency(currency: string, due: readonly DueSum[], businessDay: string) {
  const inCurrency = (minor: bigint) => formatMoney({ minor, currency });
  const sumOf = (amounts: readonly DueSum[]): bigint => amounts.reduce((sum, { open }) => sum + open, 0n);
  return {
    currency,
    open: inCurrency(sumOf(due)),
    overdue: inCurrency(sumOf(overdue(due, businessDay))),
    disputed: inCurrency(due.reduce((sum, { disputed }) => sum + disputed, 0n)),
    buckets: ageing(due, businessDay).map(({ bucket, amount }) => ({ bucket, amount: inCurrency(amount) })),
  };
}
