import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Database } from '@ordergate/database';
import { ProblemException } from '@ordergate/http';
import { gaugeOf, LOGGER, Registry, type Logger } from '@ordergate/observability';
import { Observable, type Subscriber } from 'rxjs';
import type { TimelineEntry } from '../domain/timeline.ts';
import { readNews, type Follower } from '../store/timeline.store.ts';

const lookEveryMs = 200;
const entriesAtOnce = 100;
const readersMax = 1_000;

interface Reader extends Follower {
  subscriber: Subscriber<TimelineEntry>;
}

/**
 * Tells readers what is new of their orders, whichever instance has written it: while there are any it asks the database,
 * once for all of them (ADR 25).
 */
@Injectable()
export class OrderNews implements OnModuleDestroy {
  private readonly database: Database;
  private readonly logger: Logger;
  private readonly readers = new Set<Reader>();
  private timer: NodeJS.Timeout | undefined;
  private isStopping = false;

  constructor(database: Database, @Inject(LOGGER) logger: Logger, registry: Registry) {
    this.database = database;
    this.logger = logger;
    gaugeOf(registry, {
      name: 'ordergate_order_streams',
      help: 'Streams of order events that are open',
      collect: (gauge) => gauge.set(this.readers.size),
    });
  }

  /** What happens to an order after the entry that was seen; ends when the service stops. Throws 429 and 503. */
  follow(follower: Follower): Observable<TimelineEntry> {
    if (this.isStopping) throw new ProblemException(503, 'not-ready', 'The service stops');
    if (this.readers.size >= readersMax) {
      throw new ProblemException(429, 'too-many-requests', `${readersMax} streams are open here already`);
    }
    return new Observable((subscriber) => {
      const reader = { ...follower, subscriber };
      this.readers.add(reader);
      if (this.isStopping) subscriber.complete();
      else this.timer ??= setTimeout(() => void this.look());
      return () => this.readers.delete(reader);
    });
  }

  private async look(): Promise<void> {
    const readers = [...this.readers];
    try {
      const news = await readNews(this.database, readers, entriesAtOnce);
      for (const [at, entries] of news) tell(readers[at]!, entries);
    } catch (error) {
      this.logger.warn({ error }, 'Readers of orders wait: what is new cannot be read now');
    }
    const goesOn = this.readers.size > 0 && !this.isStopping;
    this.timer = goesOn ? setTimeout(() => void this.look(), lookEveryMs) : undefined;
  }

  onModuleDestroy(): void {
    this.isStopping = true;
    clearTimeout(this.timer);
    for (const { subscriber } of this.readers) subscriber.complete();
  }
}

function tell(reader: Reader, entries: readonly TimelineEntry[]): void {
  reader.seen = entries.at(-1)!.no;
  for (const entry of entries) reader.subscriber.next(entry);
}
