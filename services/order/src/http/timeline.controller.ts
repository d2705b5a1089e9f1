import { Controller, Get, Sse, UseGuards, type MessageEvent } from '@nestjs/common';
import { ApiParam, ApiProduces } from '@nestjs/swagger';
import { IDENTIFIER, LastEventId, pageOf, PageParam, type Page, type PageRequest } from '@ordergate/http';
import { AllowRoles, CurrentUser, type User } from '@ordergate/identity';
import {
  concatMap,
  endWith,
  interval,
  map,
  merge,
  startWith,
  takeUntil,
  takeWhile,
  timer,
  type Observable,
} from 'rxjs';
import type { TimelineEntry } from '../domain/timeline.ts';
import type { OrderReading } from '../store/order-reading.store.ts';
import { BookReader } from './book-reader.ts';
import { allOrderReaders, isSeenBy, salesRepsOf } from './order-access.ts';
import { OrderNews } from './order-news.ts';
import { SeenOrder, SeenOrderGuard } from './seen-order.guard.ts';
import { orderView } from './order-view.ts';
import { entryView, type EntryView } from './timeline-view.ts';

// Proxies close what is silent for a minute.
const heartbeatMs = 15_000;
const reconnectMs = 2_000;
/** What may wait for a reader who does not read; after that it is cut off, and comes back for the rest. */
const unreadCharactersMax = 64 * 1024;
const timerMsMax = 2 ** 31 - 1;

/** What happened to an order: to be read, and to be followed. */
@Controller('v1/orders/:orderId')
@AllowRoles(...allOrderReaders, 'sales')
@UseGuards(SeenOrderGuard)
@ApiParam({ name: 'orderId', schema: { type: 'string', pattern: IDENTIFIER.source } })
export class TimelineController {
  private readonly book: BookReader;
  private readonly news: OrderNews;

  constructor(book: BookReader, news: OrderNews) {
    this.book = book;
    this.news = news;
  }

  @Get('timeline')
  async timeline(
    @SeenOrder() { order }: OrderReading,
    @PageParam('instant', 'integer') page: PageRequest,
  ): Promise<Page<EntryView>> {
    const found = await this.book.timeline(order, page);
    const { items, ...next } = pageOf(found, page.limit, ({ at, no }) => [at, no]);
    return { items: items.map(entryView), ...next };
  }

  /**
   * Starts with the order as it stands, or goes on after the event that was read last. Ends with the token, when the order
   * is another representative's, and when the service stops.
   */
  @Sse('events', { maxPendingDataLength: unreadCharactersMax })
  @ApiProduces('text/event-stream')
  events(
    @SeenOrder() reading: OrderReading,
    @LastEventId() lastSeen: number | undefined,
    @CurrentUser() user: User,
  ): Observable<MessageEvent> {
    const { orderId, customerId, entries } = reading.order;
    const goesOn = lastSeen !== undefined && lastSeen <= entries;
    const happenings = this.news.follow({ orderId, customerId, seen: goesOn ? lastSeen : entries }).pipe(
      concatMap(async (entry) => ((await this.isStillSeen(user, entry)) ? happeningEvent(entry) : null)),
      endWith(null),
    );
    const events = goesOn ? happenings : happenings.pipe(startWith(orderEvent(reading)));
    const heartbeats = interval(heartbeatMs).pipe(map(() => ({ comment: 'still here' }) as MessageEvent));
    const tokenEnds = timer(Math.min(user.expiresAt.getTime() - Date.now(), timerMsMax));
    return merge(events, heartbeats).pipe(
      takeWhile((event) => event !== null),
      takeUntil(tokenEnds),
    );
  }

  /** A new version may have given the order to another representative. */
  private async isStillSeen(user: User, { orderId, what }: TimelineEntry): Promise<boolean> {
    if (salesRepsOf(user) === undefined || (what !== 'placed' && what !== 'amended')) return true;
    const reading = await this.book.find(orderId);
    return reading !== null && isSeenBy(user, reading);
  }
}

const orderEvent = (reading: OrderReading): MessageEvent => ({
  type: 'order',
  id: String(reading.order.entries),
  retry: reconnectMs,
  data: orderView(reading),
});

const happeningEvent = (entry: TimelineEntry): MessageEvent => ({
  type: 'happening',
  id: String(entry.no),
  data: { orderId: entry.orderId, ...entryView(entry) },
});
