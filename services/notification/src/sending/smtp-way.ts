import addressparser from 'nodemailer/lib/addressparser';
import { parseConnectionUrl } from 'nodemailer/lib/shared';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { Mail } from './mail.ts';
import type { Attempt, MailWay } from './mail-way.ts';

interface SmtpError extends Error {
  /** The server's answer, if there was one: 4xx try later, 5xx never. */
  responseCode?: number;
}

/** Together shorter than `attemptSeconds`. */
const timeouts = { dnsTimeout: 5_000, connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 15_000 };

/**
 * One connection a mail. Done on nodemailer's SMTP client, below its transports: those retry by themselves or do not
 * tell whether the message was on its way when the connection broke, and that decides whether a repetition may double it.
 */
export class SmtpWay implements MailWay {
  readonly description: string;
  private readonly options: ReturnType<typeof parseConnectionUrl>;

  constructor(url: string) {
    this.options = { ...parseConnectionUrl(url), ...timeouts };
    this.description = `Mails are sent through ${this.options.host}:${this.options.port ?? 'its default port'}`;
  }

  async send({ from, to, bytes }: Mail): Promise<Attempt> {
    const connection = new SMTPConnection(this.options);
    const broken = new Promise<never>((_, reject) => connection.once('error', reject));
    broken.catch(() => undefined);
    // A late error of a connection that is done with must not end the process.
    connection.on('error', () => undefined);
    let isSending = false;
    try {
      await Promise.race([broken, this.open(connection)]);
      isSending = true;
      await Promise.race([broken, deliver(connection, { from: addressesOf(from)[0]!, to: addressesOf(to) }, bytes)]);
      return { outcome: 'sent' };
    } catch (error) {
      return attemptOf(error as SmtpError, isSending);
    } finally {
      connection.close();
    }
  }

  private async open(connection: SMTPConnection): Promise<void> {
    await new Promise<void>((resolve, reject) => connection.connect((error) => (error ? reject(error) : resolve())));
    const { auth } = this.options;
    if (!auth) return;
    await new Promise<void>((resolve, reject) => {
      connection.login({ credentials: auth }, (error) => (error ? reject(error) : resolve()));
    });
  }
}

function deliver(connection: SMTPConnection, envelope: { from: string; to: string[] }, bytes: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.send(envelope, bytes, (error) => (error ? reject(error) : resolve()));
  });
}

const addressesOf = (text: string): string[] => addressparser(text, { flatten: true }).map(({ address }) => address);

function attemptOf({ message, responseCode }: SmtpError, isSending: boolean): Attempt {
  // A wrong password or a server that turns us away is the installation's trouble, not the mail's: it may be mended.
  if (!isSending) return { outcome: 'not-taken', because: message };
  if (responseCode === undefined) return { outcome: 'unknown', because: message };
  return responseCode >= 500 ? { outcome: 'refused', because: message } : { outcome: 'not-taken', because: message };
}
