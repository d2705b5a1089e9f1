import { connect, type Socket } from 'node:net';

interface Pending {
  answered: (body: Buffer) => void;
  failed: (error: Error) => void;
}

/** Kafka's protocol as far as a load generator speaks it: framed requests, answered in their order. No TLS, no login. */
export class KafkaConnection {
  private readonly socket: Socket;
  private readonly pending: Pending[] = [];
  private chunks: Buffer[] = [];
  private received = 0;
  private correlation = 0;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.on('data', (chunk: Buffer) => this.take(chunk));
    socket.on('error', (error) => this.fail(error));
    socket.on('close', () => this.fail(new Error('The broker has closed the connection.')));
  }

  static async open(broker: string): Promise<KafkaConnection> {
    const [host, port] = [broker.slice(0, broker.lastIndexOf(':')), broker.slice(broker.lastIndexOf(':') + 1)];
    const socket = connect({ host, port: Number(port), noDelay: true });
    await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
    return new KafkaConnection(socket);
  }

  /** @returns the answer after its header */
  request(apiKey: number, apiVersion: number, body: readonly Buffer[]): Promise<Buffer> {
    const header = Buffer.alloc(14);
    const length = body.reduce((sum, part) => sum + part.length, 10);
    header.writeInt32BE(length, 0);
    header.writeInt16BE(apiKey, 4);
    header.writeInt16BE(apiVersion, 6);
    header.writeInt32BE(this.correlation++ & 0x7fffffff, 8);
    header.writeInt16BE(-1, 12); // no client id

    const answer = new Promise<Buffer>((answered, failed) => this.pending.push({ answered, failed }));
    this.socket.cork();
    this.socket.write(header);
    for (const part of body) this.socket.write(part);
    this.socket.uncork();
    return answer;
  }

  private take(chunk: Buffer): void {
    this.chunks.push(chunk);
    this.received += chunk.length;
    while (this.received >= 4) {
      const head = this.chunks[0]!.length >= 4 ? this.chunks[0]! : (this.chunks = [Buffer.concat(this.chunks)])[0]!;
      const frameEnd = 4 + head.readInt32BE(0);
      if (this.received < frameEnd) return;
      const all = this.chunks.length === 1 ? head : Buffer.concat(this.chunks, this.received);
      const rest = all.subarray(frameEnd);
      this.chunks = rest.length > 0 ? [rest] : [];
      this.received = rest.length;
      this.pending.shift()?.answered(all.subarray(8, frameEnd));
    }
  }

  private fail(error: Error): void {
    for (const { failed } of this.pending.splice(0)) failed(error);
  }

  close(): void {
    this.socket.destroy();
  }
}

/** Numbers and texts as Kafka's protocol writes them. */
export const int8 = (value: number): Buffer => Buffer.from([value]);
export function int16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeInt16BE(value);
  return bytes;
}
export function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}
export function int64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(BigInt(value));
  return bytes;
}
export const text = (value: string): Buffer => Buffer.concat([int16(Buffer.byteLength(value)), Buffer.from(value)]);
