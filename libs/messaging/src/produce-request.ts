import { crc32c } from './crc32c.ts';

type Bytes = Buffer | string | null | undefined;

/** A message as kafkajs' producer takes it. */
export interface ProducedMessage {
  key?: Bytes;
  value: Bytes;
  headers?: Record<string, Bytes | Bytes[]>;
}

export interface ProduceRequest {
  acks: number;
  /** In ms. */
  timeout: number;
  producerId: bigint;
  producerEpoch: number;
  topicData: readonly {
    topic: string;
    /** `firstSequence` counts the messages sent to the partition, so that a repeated send is known as such. */
    partitions: readonly { partition: number; firstSequence: number; messages: readonly ProducedMessage[] }[];
  }[];
}

const magic = 2;
const keptBytesMax = 8_000_000;

// One request is written at a time, and copied out when it is complete.
let bytes = Buffer.allocUnsafeSlow(1_048_576);
let at = 0;

/** In front of a request's body its memory has so many bytes for what goes before it: kafkajs' client id and some numbers. */
export const roomBefore = 1_024;

/** The body of Kafka's produce request (version 3 to 7) with a record batch of format 2 for each partition. */
export function produceRequest({ acks, timeout, topicData, ...origin }: ProduceRequest, timestamp: number): Buffer {
  at = roomBefore;
  writeInt16(-1);
  writeInt16(acks);
  writeInt32(timeout);
  writeInt32(topicData.length);
  for (const { topic, partitions } of topicData) {
    reserve(topic.length * 3 + 10);
    writeInt16(Buffer.byteLength(topic));
    at += bytes.write(topic, at);
    writeInt32(partitions.length);
    for (const { partition, firstSequence, messages } of partitions) {
      writeInt32(partition);
      const lengthAt = at;
      writeInt32(0);
      writeBatch(messages, { ...origin, firstSequence, timestamp });
      bytes.writeInt32BE(at - lengthAt - 4, lengthAt);
    }
  }
  const request = Buffer.from(bytes.subarray(0, at));
  if (bytes.length > keptBytesMax) resize(1_048_576);
  return request.subarray(roomBefore);
}

interface BatchOrigin extends Pick<ProduceRequest, 'producerId' | 'producerEpoch'> {
  firstSequence: number;
  timestamp: number;
}

function writeBatch(messages: readonly ProducedMessage[], origin: BatchOrigin): void {
  const { producerId, producerEpoch, firstSequence, timestamp } = origin;
  writeInt64(0n);
  const lengthAt = at;
  writeInt32(0);
  writeInt32(0);
  writeInt8(magic);
  const crcAt = at;
  writeInt32(0);
  writeInt16(0);
  writeInt32(messages.length - 1);
  writeInt64(BigInt(timestamp));
  writeInt64(BigInt(timestamp));
  writeInt64(producerId);
  writeInt16(producerEpoch);
  writeInt32(firstSequence);
  writeInt32(messages.length);
  messages.forEach(writeRecord);
  bytes.writeUInt32BE(crc32c(bytes, crcAt + 4, at), crcAt);
  bytes.writeInt32BE(at - lengthAt - 4, lengthAt);
}

// Most records of a topic have a length of as many digits, so room is left for those of the one before.
let lengthDigits = 2;

function writeRecord({ key, value, headers = {} }: ProducedMessage, offsetDelta: number): void {
  reserve(32);
  const start = at;
  at += lengthDigits;
  const bodyAt = at;
  writeInt8(0);
  writeVarint(0);
  writeVarint(offsetDelta);
  writeBytes(key);
  writeBytes(value);
  writeHeaders(headers);
  const length = at - bodyAt;
  if (varintDigits(length) !== lengthDigits) {
    lengthDigits = varintDigits(length);
    reserve(lengthDigits);
    bytes.copyWithin(start + lengthDigits, bodyAt, bodyAt + length);
  }
  at = start;
  writeVarint(length);
  at += length;
}

function writeHeaders(headers: NonNullable<ProducedMessage['headers']>): void {
  const names = Object.keys(headers);
  let count = 0;
  for (const name of names) count += countOf(headers[name]);
  reserve(8);
  writeVarint(count);
  for (const name of names) {
    const value = headers[name];
    if (!Array.isArray(value)) writeHeader(name, value);
    else for (const one of value) writeHeader(name, one);
  }
}

const countOf = (value: Bytes | Bytes[]): number => (Array.isArray(value) ? value.length : 1);

function writeHeader(name: string, value: Bytes): void {
  writeBytes(name);
  writeBytes(value);
}

function writeBytes(value: Bytes): void {
  if (typeof value === 'string') return writeText(value);
  reserve((value?.length ?? 0) + 8);
  writeVarint(value?.length ?? -1);
  if (value) at += value.copy(bytes, at);
}

const shortLength = 40;

function writeText(text: string): void {
  reserve(text.length * 3 + 8);
  if (text.length <= shortLength && wroteAsPlain(text)) return;
  writeVarint(Buffer.byteLength(text));
  at += bytes.write(text, at);
}

/** Short text of ASCII, as nearly every header is, is written faster here than by native code. */
function wroteAsPlain(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code > 127) return false;
    bytes[at + 1 + index] = code;
  }
  writeVarint(text.length);
  at += text.length;
  return true;
}

/** ZigZag, then seven bits a byte, the lowest first; the caller has reserved the room. */
function writeVarint(value: number): void {
  let rest = ((value << 1) ^ (value >> 31)) >>> 0;
  for (; rest > 127; rest >>>= 7) bytes[at++] = (rest & 127) | 128;
  bytes[at++] = rest;
}

function varintDigits(value: number): number {
  let digits = 1;
  for (let rest = value << 1; rest > 127; rest >>>= 7) digits += 1;
  return digits;
}

function writeInt8(value: number): void {
  reserve(1);
  at = bytes.writeInt8(value, at);
}

function writeInt16(value: number): void {
  reserve(2);
  at = bytes.writeInt16BE(value, at);
}

function writeInt32(value: number): void {
  reserve(4);
  at = bytes.writeInt32BE(value, at);
}

function writeInt64(value: bigint): void {
  reserve(8);
  at = bytes.writeBigInt64BE(value, at);
}

function reserve(size: number): void {
  if (at + size > bytes.length) resize(Math.max(bytes.length * 2, at + size));
}

function resize(size: number): void {
  const larger = Buffer.allocUnsafeSlow(size);
  bytes.copy(larger, 0, 0, Math.min(at, size));
  bytes = larger;
}
