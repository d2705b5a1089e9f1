import { setTimeout as pause } from 'node:timers/promises';
import { int16, int32, int64, int8, type KafkaConnection, text } from './kafka-connection.ts';
import { readRecords } from './read-records.ts';

const produce = { key: 0, version: 7 };
const fetch = { key: 1, version: 4 };
const allReplicas = int16(-1);
const noTransaction = int16(-1);
const timeout = int32(30_000);
/** Unknown topic or partition, no leader, not the leader: what a broker says until it hosts a topic that was just made. */
const notYet = new Set([3, 5, 6]);
const notYetMsMax = 20_000;

/** Writes record batches to one topic; requests follow each other without waiting for answers. */
export class TopicWriter {
  private readonly connection: KafkaConnection;
  private readonly topic: string;

  constructor(connection: KafkaConnection, topic: string) {
    this.connection = connection;
    this.topic = topic;
  }

  /** Resolves when the broker has all batches. @throws Error with Kafka's error code when it refuses one */
  async write(batches: ReadonlyMap<number, Buffer>): Promise<void> {
    const giveUpAt = Date.now() + notYetMsMax;
    for (let left = batches; ;) {
      const refused = await this.writeOnce(left);
      if (refused.size === 0) return;
      const code = [...refused.values()].find((one) => !notYet.has(one) || Date.now() > giveUpAt);
      if (code !== undefined) throw new Error(`The broker refuses records for ${this.topic}: Kafka error ${code}.`);
      await pause(50);
      left = new Map([...left].filter(([partition]) => refused.has(partition)));
    }
  }

  /** @returns Kafka's error codes by partition */
  private async writeOnce(batches: ReadonlyMap<number, Buffer>): Promise<Map<number, number>> {
    const answer = await this.connection.request(produce.key, produce.version, [
      Buffer.concat([noTransaction, allReplicas, timeout, int32(1), text(this.topic), int32(batches.size)]),
      ...[...batches].flatMap(([partition, batch]) => [Buffer.concat([int32(partition), int32(batch.length)]), batch]),
    ]);
    let at = 4 + 2 + answer.readInt16BE(4);
    const count = answer.readInt32BE(at);
    at += 4;
    const refused = new Map<number, number>();
    for (let left = count; left > 0; left--, at += 30) {
      const code = answer.readInt16BE(at + 4);
      if (code !== 0) refused.set(answer.readInt32BE(at), code);
    }
    return refused;
  }
}

export interface Patience {
  /** The broker answers when it has so many bytes … */
  bytesMin: number;
  /** … or when so much time has passed, in ms. */
  waitMsMax: number;
}

/** Reads all partitions of one topic from given offsets on, without a group. */
export class TopicTail {
  private readonly connection: KafkaConnection;
  private readonly topic: string;
  private readonly offsets: number[];
  private isStopped = false;

  /** @param offsets where to begin, by partition; moved on while reading */
  constructor(connection: KafkaConnection, topic: string, offsets: number[]) {
    this.connection = connection;
    this.topic = topic;
    this.offsets = offsets;
  }

  /** Reads until stopped. @param onValue hears of every record's value where it stands */
  async run(
    patience: () => Patience,
    onValue: (bytes: Buffer, start: number, end: number) => void,
    onFetched: () => void,
  ): Promise<void> {
    while (!this.isStopped) {
      const { bytesMin, waitMsMax } = patience();
      const answer = await this.connection.request(fetch.key, fetch.version, [this.fetchBody(bytesMin, waitMsMax)]);
      this.take(answer, onValue);
      onFetched();
    }
  }

  private fetchBody(bytesMin: number, waitMsMax: number): Buffer {
    return Buffer.concat([
      int32(-1), // no replica
      int32(waitMsMax),
      int32(bytesMin),
      int32(16_777_216),
      int8(0),
      int32(1),
      text(this.topic),
      int32(this.offsets.length),
      ...this.offsets.flatMap((offset, partition) => [int32(partition), int64(offset), int32(4_194_304)]),
    ]);
  }

  private take(answer: Buffer, onValue: (bytes: Buffer, start: number, end: number) => void): void {
    let at = 8 + 2 + answer.readInt16BE(8);
    const count = answer.readInt32BE(at);
    at += 4;
    for (let left = count; left > 0; left--) {
      const partition = answer.readInt32BE(at);
      const code = answer.readInt16BE(at + 4);
      if (code !== 0 && !notYet.has(code))
        throw new Error(`The broker does not give records of ${this.topic}: Kafka error ${code}.`);
      const aborted = Math.max(0, answer.readInt32BE(at + 22));
      at += 26 + aborted * 16;
      const length = Math.max(0, answer.readInt32BE(at));
      at += 4;
      const records = answer.subarray(at, at + length);
      this.offsets[partition] = readRecords(records, this.offsets[partition]!, onValue);
      at += length;
    }
  }

  stop(): void {
    this.isStopped = true;
    this.connection.close();
  }
}
