import { Injectable } from '@nestjs/common';
import type { BatchHandler, Chunk, Delivery, Outgoing } from '@ordergate/messaging';
// Declares the commands.
import '../commands/collection-commands.ts';
import { StandingWork } from './standing-work.ts';

/** What calendars and collectors want done about customers: in the customer's own lane, so there is one writer. */
@Injectable()
export class OnCollectionCommands implements BatchHandler {
  readonly types: readonly string[] = ['StandingReviewRequested.v1'];

  async handle(deliveries: Delivery[], chunk: Chunk): Promise<Outgoing[]> {
    const work = await StandingWork.load(chunk, deliveries);
    return work.save();
  }
}
