import { Injectable } from '@nestjs/common';
import { parse, type OrderV1 } from '@ordergate/contracts';
import { ProblemException, notFound } from '@ordergate/http';
import { MessageSender } from '@ordergate/messaging';
import { isClaimed } from '../domain/order.ts';
import { isDecided } from '../domain/order-status.ts';
import { takeVersion } from '../domain/take-version.ts';
import { orderVersionOf } from '../handlers/order-version-of.ts';
import type { OrderReading } from '../store/order-reading.store.ts';
import { BookReader } from './book-reader.ts';

/** Who asks, in the sense of messages: the same command sent twice is one message. */
export interface Command {
  commandId: string;
  traceparent: string;
}

// The book hears of an order a moment after its place was answered with 202.
const arrivalMsMax = 1_000;

/** Puts what callers ask for on the topic `orders`; it becomes true when the book has it from there. */
@Injectable()
export class OrderRequests {
  private readonly sender: MessageSender;
  private readonly book: BookReader;

  constructor(sender: MessageSender, book: BookReader) {
    this.sender = sender;
    this.book = book;
  }

  /** Publishes a version unless the book has it. Throws 409 `version-conflict` if it can never take it, and 400. */
  async sendVersion(
    type: 'OrderPlaced.v1' | 'OrderAmended.v1',
    draft: OrderV1,
    known: OrderReading | null,
    command: Command,
  ): Promise<void> {
    const order = messageOf(type, draft);
    if (known && isClaimed(known.order)) {
      if (known.order.customerId !== order.customerId) throw conflict(`${order.orderId} is another customer's order`);
      const taken = takeVersion(known.order, orderVersionOf(order));
      if (taken.outcome === 'ignored' && taken.because === 'already-known') return;
      if (taken.outcome === 'refused') throw conflict(taken.violation);
      if (taken.outcome === 'ignored') {
        throw conflict(`Order ${order.orderId} is at version ${known.order.newest?.version} already`);
      }
      if (known.order.cancelledAt) throw conflict(`Order ${order.orderId} is cancelled, which is final`);
    }
    await this.send(type, order, command);
  }

  async send(type: string, data: { orderId: string; customerId: string }, command: Command): Promise<void> {
    const { commandId: id, traceparent } = command;
    const { orderId, customerId } = data;
    await this.sender.send(
      [{ topic: 'orders', key: customerId, type, id, data, correlationId: orderId, traceparent }],
      new Date(),
    );
  }

  /** The order that a step is about; with a customer it need not have come yet. Throws 404 and 409. */
  async orderOf(
    orderId: string,
    customerId: string | undefined,
  ): Promise<{ customerId: string; known: OrderReading | null }> {
    const reading = await this.book.waitFor(orderId, ({ order }) => isClaimed(order), customerId ? 0 : arrivalMsMax);
    const known = reading && isClaimed(reading.order) ? reading : null;
    if (known && customerId !== undefined && known.order.customerId !== customerId) {
      throw conflict(`${orderId} is another customer's order`);
    }
    const owner = known?.order.customerId ?? customerId;
    if (owner === undefined) {
      throw notFound(`There is no order ${orderId}; name its customerId if it is still on its way`);
    }
    return { customerId: owner, known };
  }
}

/** The order as the topic's readers will see it, so that it compares with what the book has. Throws 400. */
function messageOf(type: 'OrderPlaced.v1' | 'OrderAmended.v1', draft: OrderV1): OrderV1 {
  const parsed = parse(type, draft);
  if (parsed.ok) return parsed.message;
  throw new ProblemException(400, 'validation-failed', 'The order is not valid', parsed.violations);
}

/** The gate has answered this version, or no answer will come any more. */
export const isVersionDecided =
  (version: number) =>
  ({ order, status }: OrderReading): boolean =>
    (order.newest?.version ?? 0) >= version && isDecided(status);

const conflict = (detail: string): ProblemException => new ProblemException(409, 'version-conflict', detail);
