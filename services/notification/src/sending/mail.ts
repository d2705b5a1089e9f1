import MailComposer from 'nodemailer/lib/mail-composer';
import type { MailText } from '../rendering/render-mail.ts';

/** A mail, ready to leave. */
export interface Mail {
  notificationId: string;
  from: string;
  to: string;
  bytes: Buffer;
}

interface Envelope {
  notificationId: string;
  from: string;
  to: { name: string | null; address: string };
  /** The server may have taken an earlier attempt: the reader's program and the reader are told. */
  isPossibleRepeat: boolean;
}

/**
 * The mail's bytes. The Message-ID is the notification's, in every attempt, so that mail programs which drop what they
 * have already seen do.
 */
export async function composeMail(
  { notificationId, from, to, isPossibleRepeat }: Envelope,
  text: MailText,
): Promise<Mail> {
  const node = new MailComposer({
    from,
    // Several addresses stand in one text; a name goes with a single one.
    to: to.name && !to.address.includes(',') ? { name: to.name, address: to.address } : to.address,
    subject: text.subject,
    text: text.text,
    html: text.html,
    messageId: `<${notificationId}@${domainOf(from)}>`,
    headers: {
      'Auto-Submitted': 'auto-generated',
      'X-Ordergate-Notification': notificationId,
      ...(isPossibleRepeat && { 'X-Ordergate-Possible-Repeat': 'yes' }),
    },
  }).compile();
  return { notificationId, from, to: to.address, bytes: await node.build() };
}

const domainOf = (from: string): string => /@([^\s>]+)/.exec(from)?.[1] ?? 'localhost';
