import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Database } from '@ordergate/database';
import type { TimelineEntry } from '../domain/timeline.ts';
import { readTimeline, type TimelinePage } from '../store/timeline.store.ts';
import { findOrder, searchOrders, type OrderReading, type OrderSearch } from '../store/order-reading.store.ts';

const firstPollMs = 5;
const pollMsMax = 50;

/** Reads the order book for HTTP callers, who may wait for what they want to see. */
@Injectable()
export class BookReader {
  private readonly database: Database;

  constructor(database: Database) {
    this.database = database;
  }

  find(orderId: string): Promise<OrderReading | null> {
    return findOrder(this.database, orderId);
  }

  timeline(order: { orderId: string; customerId: string }, page: TimelinePage): Promise<TimelineEntry[]> {
    return readTimeline(this.database, order, page);
  }

  search(search: OrderSearch): Promise<OrderReading[]> {
    return searchOrders(this.database, search);
  }

  /** Reads the order until it is as wanted or the time is over, and returns it as it is then. */
  async waitFor(
    orderId: string,
    isAsWanted: (reading: OrderReading) => boolean,
    waitMs: number,
  ): Promise<OrderReading | null> {
    const endsAtMs = performance.now() + waitMs;
    for (let pollMs = firstPollMs; ; pollMs = Math.min(pollMs * 2, pollMsMax)) {
      const reading = await this.find(orderId);
      const leftMs = endsAtMs - performance.now();
      if ((reading && isAsWanted(reading)) || leftMs <= 0) return reading;
      await pause(Math.min(pollMs, leftMs));
    }
  }
}
