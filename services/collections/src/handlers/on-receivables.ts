import { Injectable } from '@nestjs/common';
import { deadLetter, type BatchHandler, type Chunk, type Delivery, type Outgoing } from '@ordergate/messaging';
import { receivableEvent, receivableTypes } from '@ordergate/receivables';
import { StandingWork } from './standing-work.ts';

/** Keeps the open items: what was invoiced, what has paid it, what is disputed; and tells how the customer stands by it. */
@Injectable()
export class OnReceivables implements BatchHandler {
  readonly types: readonly string[] = receivableTypes;

  async handle(deliveries: Delivery[], chunk: Chunk): Promise<Outgoing[]> {
    const posted = deliveries.map((delivery) => ({
      delivery,
      event: receivableEvent(delivery.type, delivery.message),
    }));
    const work = await StandingWork.load(chunk, deliveries, { events: posted.map(({ event }) => event) });
    for (const { delivery, event } of posted) {
      const outcome = work.apply(event, delivery);
      if (outcome.outcome === 'refused') work.outgoing.push(deadLetter(delivery, ...outcome.violations));
    }
    return work.save();
  }
}
