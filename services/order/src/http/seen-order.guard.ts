import { createParamDecorator, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { notFound, pathId } from '@ordergate/http';
import type { User } from '@ordergate/identity';
import type { OrderReading } from '../store/order-reading.store.ts';
import { BookReader } from './book-reader.ts';
import { isSeenBy } from './order-access.ts';

interface OrderRequest {
  params: Record<string, string>;
  user: User;
  reading?: OrderReading;
}

/**
 * Reads the order of the path for who may see it. Throws 404 to others, as if there were none. A guard, since a stream's
 * headers are sent before its handler has waited for anything.
 */
@Injectable()
export class SeenOrderGuard implements CanActivate {
  private readonly book: BookReader;

  constructor(book: BookReader) {
    this.book = book;
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<OrderRequest>();
    const orderId = pathId(request, 'orderId');
    const reading = await this.book.find(orderId);
    if (!reading || !isSeenBy(request.user, reading)) throw notFound(`There is no order ${orderId}`);
    request.reading = reading;
    return true;
  }
}

/** What SeenOrderGuard has read. */
export const SeenOrder = createParamDecorator(
  (_: unknown, context: ExecutionContext): OrderReading => context.switchToHttp().getRequest<OrderRequest>().reading!,
);
