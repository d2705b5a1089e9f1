import { Controller, Post } from '@nestjs/common';
import type { OrderCancelledV1, ShipmentRequestedV1 } from '@ordergate/contracts';
import {
  accepted,
  CommandId,
  created,
  IdParam,
  ProblemException,
  Traceparent,
  ValidBody,
  WaitParam,
  type Answer,
} from '@ordergate/http';
import { AllowRoles } from '@ordergate/identity';
import { parseMoney } from '@ordergate/money';
import { requestShipment, shipmentStatusOf, type Shipment } from '../domain/shipment.ts';
import type { OrderReading } from '../store/order-reading.store.ts';
import { BookReader } from './book-reader.ts';
import { CancelOrder, RequestShipment } from './order-bodies.ts';
import { OrderRequests } from './order-requests.ts';
import { orderView, shipmentView, type OrderView, type ShipmentView } from './order-view.ts';

/** What happens to an order after it was placed. */
@Controller('v1/orders/:orderId')
@AllowRoles('order-system')
export class OrderStepsController {
  private readonly requests: OrderRequests;
  private readonly book: BookReader;

  constructor(requests: OrderRequests, book: BookReader) {
    this.requests = requests;
    this.book = book;
  }

  @Post('cancellation')
  async cancel(
    @IdParam('orderId') orderId: string,
    @ValidBody(CancelOrder) body: CancelOrder,
    @WaitParam() waitMs: number,
    @CommandId() commandId: string,
    @Traceparent() traceparent: string,
  ): Promise<Answer<OrderView>> {
    const { customerId, known } = await this.requests.orderOf(orderId, body.customerId);
    const { reason, cancelledAt = new Date().toISOString() } = body;
    if (!known?.order.cancelledAt) {
      const message: OrderCancelledV1 = { orderId, customerId, cancelledAt, ...(reason && { reason }) };
      await this.requests.send('OrderCancelled.v1', message, { commandId, traceparent });
    }
    const reading = waitMs > 0 ? await this.book.waitFor(orderId, isCancelled, waitMs) : known;
    const location = `/v1/orders/${encodeURIComponent(orderId)}`;
    if (reading && isCancelled(reading)) return created(location, orderView(reading));
    return accepted(location, reading ? orderView(reading) : { orderId, customerId, status: 'received' });
  }

  @Post('shipments')
  async requestShipment(
    @IdParam('orderId') orderId: string,
    @ValidBody(RequestShipment) body: RequestShipment,
    @WaitParam() waitMs: number,
    @CommandId() commandId: string,
    @Traceparent() traceparent: string,
  ): Promise<Answer<ShipmentView>> {
    const { customerId, known } = await this.requests.orderOf(orderId, body.customerId);
    const { shipmentId, value, requestedAt = new Date().toISOString() } = body;
    if (isNewRequest(shipmentOf(known, shipmentId), body)) {
      const message: ShipmentRequestedV1 = { shipmentId, orderId, customerId, ...(value && { value }), requestedAt };
      await this.requests.send('ShipmentRequested.v1', message, { commandId, traceparent });
    }
    const isSeen = (reading: OrderReading): boolean => isAnswered(shipmentOf(reading, shipmentId));
    const reading = waitMs > 0 ? await this.book.waitFor(orderId, isSeen, waitMs) : known;
    const shipment = shipmentOf(reading, shipmentId);
    const location = `/v1/orders/${encodeURIComponent(orderId)}`;
    if (shipment && isAnswered(shipment)) return created(location, shipmentView(shipment));
    return accepted(location, { shipmentId, requestedAt, ...(value && { value }) });
  }
}

const isCancelled = ({ status }: OrderReading): boolean => status === 'cancelled';

const shipmentOf = (reading: OrderReading | null, shipmentId: string): Shipment | undefined =>
  reading?.shipments.find((shipment) => shipment.shipmentId === shipmentId);

const isAnswered = (shipment: Shipment | undefined): boolean =>
  shipment !== undefined && shipmentStatusOf(shipment) !== null;

/** Nothing to publish when it was asked for already. Throws 409 when it was for another value. */
function isNewRequest(shipment: Shipment | undefined, { value }: RequestShipment): boolean {
  if (!shipment) return true;
  const request = { requestedAt: new Date(), value: value ? parseMoney(value) : null };
  const taken = requestShipment(shipment, request);
  if (taken.outcome === 'refused') throw new ProblemException(409, 'version-conflict', taken.violation);
  return taken.outcome === 'taken';
}
