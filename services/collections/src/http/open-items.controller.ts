import { Controller, Get } from '@nestjs/common';
import { Database } from '@ordergate/database';
import { IdParam, notFound, pageOf, PageParam, type Page, type PageRequest } from '@ordergate/http';
import { AllowRoles, readers } from '@ordergate/identity';
import { readBusinessDay } from '@ordergate/messaging';
import { isCustomerKnown } from '../store/customer.store.ts';
import { readOpenItems } from '../store/open-item.store.ts';
import { itemView, type ItemView } from './views.ts';

@Controller('v1/customers/:customerId/open-items')
@AllowRoles(...readers('collector', 'credit-analyst', 'credit-manager'))
export class OpenItemsController {
  private readonly database: Database;

  constructor(database: Database) {
    this.database = database;
  }

  /** What a customer owes, oldest due first. */
  @Get()
  async list(
    @IdParam('customerId') customerId: string,
    @PageParam('day', 'identifier', 'integer') page: PageRequest,
  ): Promise<Page<ItemView>> {
    const [rows, businessDay] = await Promise.all([
      readOpenItems(this.database, customerId, { ...page, limit: page.limit + 1 }),
      readBusinessDay(this.database),
    ]);
    if (rows.length === 0 && !(await isCustomerKnown(this.database, customerId))) {
      throw notFound(`There is no customer ${customerId}`);
    }
    const { items, ...next } = pageOf(rows, page.limit, (row) => [row.dueOn, row.invoiceId, row.instalmentNo]);
    return { items: items.map((item) => itemView(item, businessDay)), ...next };
  }
}
