import { Injectable } from '@nestjs/common';
import type { LateMessage, LateSends, SentMessage } from '@ordergate/messaging';
import { v5 as uuidv5 } from 'uuid';

const commandNamespace = '6d0f4c0a-2b7e-5f4e-8a0d-0c1e9b7a5d31';

/**
 * A hold that was told late may lie behind a newer state of itself on the compacted topic, for ever: its customer's lane
 * tells it again as it is stored.
 */
@Injectable()
export class HoldsToldAgain implements LateSends {
  tellAgain(late: readonly LateMessage[]): SentMessage[] {
    const holds = new Map(late.flatMap((one) => (one.topic === 'credit-holds' ? [[one.key, one] as const] : [])));
    return [...holds.values()].map(({ id, key: orderId, customerId }) => ({
      ...{ topic: 'credit-commands', key: customerId, type: 'PublishHold.v1', correlationId: orderId },
      id: uuidv5(id, commandNamespace),
      data: { customerId, orderId },
    }));
  }
}
