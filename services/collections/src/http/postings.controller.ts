import { Controller, Post } from '@nestjs/common';
import { DisputeOpenedV1, InstrumentReceivedV1, InvoicePostedV1, PaymentReceivedV1 } from '@ordergate/contracts';
import { CommandId, Traceparent, ValidBody, WaitParam, type Answer } from '@ordergate/http';
import { AllowRoles } from '@ordergate/identity';
import { documentPath } from './document-path.ts';
import { Postings } from './postings.ts';

/** For whose accounting system has no Kafka: the bodies are the messages of the topic `receivables`. */
@Controller('v1')
@AllowRoles('accounting')
export class PostingsController {
  private readonly postings: Postings;

  constructor(postings: Postings) {
    this.postings = postings;
  }

  @Post('invoices')
  postInvoice(
    @ValidBody(InvoicePostedV1) message: InvoicePostedV1,
    @WaitParam() waitMs: number,
    @CommandId() commandId: string,
    @Traceparent() traceparent: string,
  ): Promise<Answer> {
    const { customerId, invoiceId } = message;
    const location = documentPath(customerId, 'invoices', invoiceId);
    return this.postings.post(
      { type: 'InvoicePosted.v1', message, documentId: invoiceId, location },
      { commandId, traceparent, waitMs },
    );
  }

  @Post('payments')
  postPayment(
    @ValidBody(PaymentReceivedV1) message: PaymentReceivedV1,
    @WaitParam() waitMs: number,
    @CommandId() commandId: string,
    @Traceparent() traceparent: string,
  ): Promise<Answer> {
    const { customerId, paymentId } = message;
    const location = documentPath(customerId, 'payments', paymentId);
    return this.postings.post(
      { type: 'PaymentReceived.v1', message, documentId: paymentId, location },
      { commandId, traceparent, waitMs },
    );
  }

  @Post('instruments')
  postInstrument(
    @ValidBody(InstrumentReceivedV1) message: InstrumentReceivedV1,
    @WaitParam() waitMs: number,
    @CommandId() commandId: string,
    @Traceparent() traceparent: string,
  ): Promise<Answer> {
    const { customerId, instrumentId } = message;
    const location = documentPath(customerId, 'instruments', instrumentId);
    return this.postings.post(
      { type: 'InstrumentReceived.v1', message, documentId: instrumentId, location },
      { commandId, traceparent, waitMs },
    );
  }

  @Post('disputes')
  @AllowRoles('accounting', 'collector')
  openDispute(
    @ValidBody(DisputeOpenedV1) message: DisputeOpenedV1,
    @WaitParam() waitMs: number,
    @CommandId() commandId: string,
    @Traceparent() traceparent: string,
  ): Promise<Answer> {
    const { customerId, disputeId, invoiceId } = message;
    // A dispute is seen on the invoice that it is about.
    const location = documentPath(customerId, 'invoices', invoiceId);
    return this.postings.post(
      { type: 'DisputeOpened.v1', message, documentId: disputeId, location },
      { commandId, traceparent, waitMs },
    );
  }
}
