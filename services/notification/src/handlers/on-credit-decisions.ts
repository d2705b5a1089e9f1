import { Injectable } from '@nestjs/common';
import type { OrderDeclinedV1, OrderHeldV1 } from '@ordergate/contracts';
import { uuidV5 } from '@ordergate/http';
import type { BatchHandler, Chunk, Delivery, Outgoing } from '@ordergate/messaging';
import { MailSender } from '../sending/mail-sender.ts';
import { addNotifications } from '../store/notification.store.ts';
import { loadHoldRecipients } from '../store/recipient.store.ts';

const namespace = '9d7b1a0e-52b4-5c0a-8f39-64a2d5f0c6b1';

type AboutHold = Delivery<OrderHeldV1 | OrderDeclinedV1>;

/** The mail that a decision makes; null for what a person has declined, who knows it. */
function templateOf({ type, message: { reasons } }: AboutHold): string | null {
  if (type === 'OrderHeld.v1') return 'order-held';
  return reasons.some(({ code }) => code === 'hold-expired') ? 'hold-expired' : null;
}

/**
 * Everyone who must act on a hold is told once, and once more when it has expired, since nobody has acted. Nothing is sent
 * here: the transaction writes down who is to be told of what, and the sender does it after the commit. The id is made of
 * decision and recipient, so that the same decision under another message id is still the same mail.
 */
@Injectable()
export class OnCreditDecisions implements BatchHandler {
  readonly types: readonly string[] = ['OrderHeld.v1', 'OrderDeclined.v1'];
  private readonly sender: MailSender;

  constructor(sender: MailSender) {
    this.sender = sender;
  }

  async handle(deliveries: AboutHold[], { sql, at }: Chunk): Promise<Outgoing[]> {
    const mails = deliveries.flatMap((delivery) => {
      const template = templateOf(delivery);
      return template === null ? [] : { ...delivery, template };
    });
    const recipients = await loadHoldRecipients(sql, [...new Set(mails.map(({ message }) => message.customerId))]);
    const notifications = mails.flatMap(({ message, traceparent, template }) =>
      (recipients.get(message.customerId) ?? []).map((recipientId) => ({
        notificationId: uuidV5(namespace, `${message.decisionId} ${recipientId}`),
        recipientId,
        template,
        facts: message,
        traceparent: traceparent ?? null,
      })),
    );
    await addNotifications(sql, at, notifications);
    this.sender.wakeSoon();
    return [];
  }
}
