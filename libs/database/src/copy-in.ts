import type { Writable } from 'node:stream';
import pg from 'pg';
import { messageHasLeft, type CopyMessage } from './binary-format.ts';

/** Of pg's connection: what a COPY needs. */
interface Wire {
  query(text: string): void;
  stream: Writable;
  endCopyFrom(): void;
}

/**
 * A COPY whose rows travel with it, without waiting to be asked for them: so it fits into a pipeline. A server that refuses
 * the statement ignores them, as the protocol has it.
 */
class CopyIn extends pg.Query {
  constructor(text: string, message: CopyMessage, done: (error?: Error | null) => void) {
    super(text);
    Object.assign(this, {
      callback: done,
      submit: (wire: Wire) => {
        wire.query(text);
        wire.stream.write(message, () => messageHasLeft(message));
        wire.endCopyFrom();
        return null;
      },
      handleCopyInResponse: () => undefined,
    });
  }
}

/** Throws pg's DatabaseError, as `client.query` does. */
export function copyIn(client: pg.ClientBase, text: string, message: CopyMessage): Promise<void> {
  return new Promise((done, failed) =>
    client.query(new CopyIn(text, message, (error) => (error ? failed(error) : done()))),
  );
}
