import { Controller, Get, Post, Put } from '@nestjs/common';
import type { OrderPlacedV1 } from '@ordergate/contracts';
import {
  accepted,
  CommandId,
  created,
  IdParam,
  notFound,
  pageOf,
  PageParam,
  ProblemException,
  QueryParam,
  Traceparent,
  ValidBody,
  WaitParam,
  type Answer,
  type Page,
  type PageRequest,
} from '@ordergate/http';
import { AllowRoles, CurrentUser, type User } from '@ordergate/identity';
import { isDecided, orderStatuses, type OrderStatus } from '../domain/order-status.ts';
import type { OrderReading } from '../store/order-reading.store.ts';
import { BookReader } from './book-reader.ts';
import { allOrderReaders, isSeenBy, salesRepsOf } from './order-access.ts';
import { AmendOrder, PlaceOrder } from './order-bodies.ts';
import { isVersionDecided, OrderRequests } from './order-requests.ts';
import { orderView, type OrderView } from './order-view.ts';

@Controller('v1/orders')
export class OrdersController {
  private readonly requests: OrderRequests;
  private readonly book: BookReader;

  constructor(requests: OrderRequests, book: BookReader) {
    this.requests = requests;
    this.book = book;
  }

  @Post()
  @AllowRoles('order-system')
  async place(
    @ValidBody(PlaceOrder) body: PlaceOrder,
    @WaitParam() waitMs: number,
    @CommandId() commandId: string,
    @Traceparent() traceparent: string,
  ): Promise<Answer<OrderView>> {
    const known = await this.book.find(body.orderId);
    const orderVersion = body.orderVersion ?? 1;
    const order = { ...body, orderVersion, placedAt: body.placedAt ?? placedAtOf(known) };
    await this.requests.sendVersion('OrderPlaced.v1', order, known, { commandId, traceparent });
    return this.answer(order, waitMs);
  }

  @Put(':orderId')
  @AllowRoles('order-system')
  async amend(
    @IdParam('orderId') orderId: string,
    @ValidBody(AmendOrder) body: AmendOrder,
    @WaitParam() waitMs: number,
    @CommandId() commandId: string,
    @Traceparent() traceparent: string,
  ): Promise<Answer<OrderView>> {
    if (body.orderId !== undefined && body.orderId !== orderId) throw otherOrder(body.orderId);
    const known = await this.book.find(orderId);
    const order = { ...body, orderId, placedAt: body.placedAt ?? placedAtOf(known) };
    await this.requests.sendVersion('OrderAmended.v1', order, known, { commandId, traceparent });
    return this.answer(order, waitMs);
  }

  @Get(':orderId')
  @AllowRoles(...allOrderReaders, 'sales')
  async read(
    @IdParam('orderId') orderId: string,
    @WaitParam() waitMs: number,
    @CurrentUser() user: User,
  ): Promise<OrderView> {
    const reading = await this.book.waitFor(orderId, ({ status }) => isDecided(status), waitMs);
    if (!reading || !isSeenBy(user, reading)) throw notFound(`There is no order ${orderId}`);
    return orderView(reading);
  }

  @Get()
  @AllowRoles(...allOrderReaders, 'sales')
  async list(
    @QueryParam('status', orderStatuses) status: OrderStatus | undefined,
    @QueryParam('customerId', 'identifier') customerId: string | undefined,
    @PageParam('instant', 'identifier') page: PageRequest,
    @CurrentUser() user: User,
  ): Promise<Page<OrderView>> {
    const found = await this.book.search({ status, customerId, salesReps: salesRepsOf(user), ...page });
    const { items, ...next } = pageOf(found, page.limit, ({ order }) => [order.newest!.placedAt, order.orderId]);
    return { items: items.map(orderView), ...next };
  }

  /** 201 with the order when the wait saw it decided, else 202 with what is known. */
  private async answer(
    { orderId, customerId, orderVersion }: OrderPlacedV1,
    waitMs: number,
  ): Promise<Answer<OrderView>> {
    const isSeen = isVersionDecided(orderVersion);
    const reading = waitMs > 0 ? await this.book.waitFor(orderId, isSeen, waitMs) : null;
    const location = `/v1/orders/${encodeURIComponent(orderId)}`;
    if (reading && isSeen(reading)) return created(location, orderView(reading));
    const received = { orderId, orderVersion, customerId, status: 'received' as const };
    return accepted(location, reading?.order.newest?.version === orderVersion ? orderView(reading) : received);
  }
}

/** An order that the book has was placed then, so that a repeated request is the same order; else now. */
const placedAtOf = (known: OrderReading | null): string =>
  (known?.document as OrderPlacedV1 | null)?.placedAt ?? new Date().toISOString();

const otherOrder = (orderId: string): ProblemException =>
  new ProblemException(400, 'validation-failed', 'The body is about another order than the path', [
    { field: 'orderId', value: orderId, problem: 'must be the order of the path, or left out' },
  ]);
