import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server';

/** What the server does with a mail that it has read to the end. */
export type Answer = 'accept' | 'refuse' | 'break-connection';

export interface MailServer {
  readonly url: string;
  /** Every mail that was read to the end, whatever the server answered. */
  readonly received: ParsedMail[];
  /** Asked for each mail, before the server answers. */
  answer: (mail: ParsedMail) => Answer | Promise<Answer>;
  to(address: string): ParsedMail[];
  stop(): Promise<void>;
  /** Again, on the port it had. */
  start(): Promise<void>;
}

/** A real SMTP server on 127.0.0.1. */
export async function startMailServer(): Promise<MailServer> {
  const received: ParsedMail[] = [];
  let smtp: SMTPServer;
  let port = 0;
  const server: MailServer = {
    get url() {
      return `smtp://127.0.0.1:${port}`;
    },
    received,
    answer: () => 'accept',
    to: (address) => received.filter(({ to }) => [to].flat().some((one) => one?.text.includes(address))),
    stop: () => new Promise((resolve) => smtp.close(() => resolve())),
    start: async () => {
      smtp = smtpServer(async (stream) => {
        const mail = await simpleParser(stream);
        received.push(mail);
        return server.answer(mail);
      });
      await new Promise<void>((resolve) => smtp.listen(port, '127.0.0.1', resolve));
      ({ port } = smtp.server.address() as { port: number });
    },
  };
  await server.start();
  return server;
}

function smtpServer(read: (stream: SMTPServerDataStream) => Promise<Answer>): SMTPServer {
  const smtp = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    closeTimeout: 100,
    onData: (stream, _session, callback) => {
      void read(stream).then((answer) => {
        if (answer === 'accept') callback(null, 'taken');
        else if (answer === 'refuse')
          callback(Object.assign(new Error('5.1.1 <nobody@example.com> is unknown here'), { responseCode: 550 }));
        else
          for (const connection of smtp.connections)
            (connection as unknown as { _socket: { destroy(): void } })._socket.destroy();
      }, callback);
    },
  });
  return smtp;
}
