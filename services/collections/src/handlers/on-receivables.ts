import { Injectable } from '@nestjs/common';
import { deadLetter, type BatchHandler, type Chunk, type Delivery, type Outgoing } from '@ordergate/messaging';
import { applyReceivable, loadBooks, receivableEvent, receivableTypes, saveBooks } from '@ordergate/receivables';
import { eachCurrencyByItself } from './each-currency-by-itself.ts';

/** Keeps the open items: what was invoiced, what has paid it, what is disputed. */
@Injectable()
export class OnReceivables implements BatchHandler {
  readonly types: readonly string[] = receivableTypes;

  async handle(deliveries: Delivery[], { sql }: Chunk): Promise<Outgoing[]> {
    const posted = deliveries.map((delivery) => ({
      delivery,
      event: receivableEvent(delivery.type, delivery.message),
    }));
    const customerIds = new Set(posted.map(({ event }) => event.customerId));
    const books = await loadBooks(
      sql,
      customerIds,
      posted.map(({ event }) => event),
    );
    const outgoing: Outgoing[] = [];
    for (const { delivery, event } of posted) {
      const outcome = applyReceivable(books.get(event.customerId)!, event, eachCurrencyByItself);
      if (outcome.outcome === 'refused') outgoing.push(deadLetter(delivery, ...outcome.violations));
    }
    await saveBooks(sql, books);
    return outgoing;
  }
}
