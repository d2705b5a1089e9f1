import { Controller, Get } from '@nestjs/common';
import { Database } from '@ordergate/database';
import { IdParam, notFound } from '@ordergate/http';
import { AllowRoles, readers } from '@ordergate/identity';
import { readBusinessDay } from '@ordergate/messaging';
import { creditOf, itemsOf, loadBooks, type Book, type ReceivableEvent } from '@ordergate/receivables';
import { creditView, itemView } from './views.ts';

/** One posted document, as it stands now. */
@Controller('v1/customers/:customerId')
@AllowRoles(...readers('accounting', 'collector', 'credit-analyst', 'credit-manager'))
export class DocumentsController {
  private readonly database: Database;

  constructor(database: Database) {
    this.database = database;
  }

  @Get('invoices/:invoiceId')
  async readInvoice(@IdParam('customerId') customerId: string, @IdParam('invoiceId') invoiceId: string) {
    const [book, businessDay] = await Promise.all([
      this.load(customerId, { invoiceId }),
      readBusinessDay(this.database),
    ]);
    const instalments = itemsOf(book, invoiceId).map((item) => itemView(item, businessDay));
    if (instalments.length === 0) throw notFound(`Customer ${customerId} has no invoice ${invoiceId}`);
    return { customerId, invoiceId, instalments };
  }

  @Get('payments/:paymentId')
  async readPayment(@IdParam('customerId') customerId: string, @IdParam('paymentId') paymentId: string) {
    const credit = creditOf(await this.load(customerId, { paymentId }), 'payment', paymentId);
    if (!credit) throw notFound(`Customer ${customerId} has made no payment ${paymentId}`);
    return { customerId, paymentId, ...creditView(credit) };
  }

  @Get('instruments/:instrumentId')
  async readInstrument(@IdParam('customerId') customerId: string, @IdParam('instrumentId') instrumentId: string) {
    const credit = creditOf(await this.load(customerId, { instrumentId }), 'instrument', instrumentId);
    if (!credit) throw notFound(`Customer ${customerId} has given no instrument ${instrumentId}`);
    return { customerId, instrumentId, dueOn: credit.dueOn, ...creditView(credit) };
  }

  private async load(customerId: string, document: Record<string, string>): Promise<Book> {
    const named = [{ customerId, ...document } as unknown as ReceivableEvent];
    const books = await this.database.snapshot((sql) => loadBooks(sql, [customerId], named));
    return books.get(customerId)!;
  }
}
