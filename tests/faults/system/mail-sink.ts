import { SMTPServer } from 'smtp-server';

/** A mail that a recipient has got. */
export interface ReceivedMail {
  notificationId: string;
  /** It says of itself that it may have come before. */
  isMarked: boolean;
}

export interface MailSink {
  url: string;
  received: ReceivedMail[];
  stop(): Promise<void>;
}

/** A real SMTP server that takes every mail: what people get is part of the proof. */
export async function startMailSink(): Promise<MailSink> {
  const received: ReceivedMail[] = [];
  const smtp = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    closeTimeout: 100,
    onData: (stream, _session, callback) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        const notificationId = /^X-Ordergate-Notification: (\S+)/im.exec(text)?.[1] ?? '(none)';
        received.push({ notificationId, isMarked: /^X-Ordergate-Possible-Repeat: yes/im.test(text) });
        callback(null, 'taken');
      });
    },
  });
  // A sender that is killed breaks its connection.
  smtp.on('error', () => undefined);
  await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve));
  const { port } = smtp.server.address() as { port: number };
  return {
    url: `smtp://127.0.0.1:${port}`,
    received,
    stop: () => new Promise((resolve) => smtp.close(() => resolve())),
  };
}
