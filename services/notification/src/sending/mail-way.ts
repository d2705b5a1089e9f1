import type { Mail } from './mail.ts';
import type { MailSettings } from './mail-settings.ts';
import { FolderWay } from './folder-way.ts';
import { SmtpWay } from './smtp-way.ts';

/** Injection token of the `MailWay`. */
export const MAIL_WAY = Symbol('MAIL_WAY');

/** What became of one attempt to send a mail. */
export type Attempt =
  | { outcome: 'sent' }
  /** There is no way to send anything. */
  | { outcome: 'recorded' }
  /** Never to be taken: a wrong address, a mail the server does not want. */
  | { outcome: 'refused'; because: string }
  /** Certainly not taken, perhaps later. */
  | { outcome: 'not-taken'; because: string }
  /** The server had the mail when the connection broke: nobody knows whether it took it. */
  | { outcome: 'unknown'; because: string };

/** A way for mails to leave. Sending never throws: a failure is an outcome. */
export interface MailWay {
  /** Says where mails go, in a sentence. */
  readonly description: string;
  send(mail: Mail): Promise<Attempt>;
}

/** SMTP if a server is configured, else files in a folder, else nothing but the record. */
export function mailWay({ smtpUrl, mailDir }: MailSettings): MailWay {
  if (smtpUrl) return new SmtpWay(smtpUrl);
  if (mailDir) return new FolderWay(mailDir);
  return {
    description: 'No mail is sent, notifications are only recorded: set SMTP_URL (or ORDERGATE_MAIL_DIR for files)',
    send: async () => ({ outcome: 'recorded' }),
  };
}
