/** A message as kafkajs' consumer hands it out. */
interface FetchedMessage {
  magicByte: number;
  attributes: number;
  timestamp: string;
  offset: string;
  key: Buffer | null;
  value: Buffer | null;
  headers: Record<string, Header | Header[]>;
  isControlRecord: boolean;
  batchContext: object;
}
type Header = Buffer | null;

interface FetchedPartition {
  partition: number;
  errorCode: number;
  highWatermark: string;
  lastStableOffset: string;
  lastStartOffset: string;
  abortedTransactions: { producerId: string; firstOffset: string }[];
  preferredReadReplica: number;
  messages: FetchedMessage[];
}

export interface FetchResponse {
  throttleTime: 0;
  clientSideThrottleTime: number;
  errorCode: number;
  sessionId: number;
  responses: { topicName: string; partitions: FetchedPartition[] }[];
}

const magic = 2;
const batchBytesMin = 61;
const compressedBits = 0x07;
const appendTimeBit = 0x08;
const transactionBit = 0x10;
const controlBit = 0x20;

// One response is read at a time.
let bytes: Buffer = Buffer.alloc(0);
let at = 0;

/**
 * The body of Kafka's fetch response (version 11), as kafkajs decodes it.
 * @returns null where a batch is compressed or of an older format
 * @throws RangeError where the bytes end too early
 */
export function fetchResponse(body: Buffer): FetchResponse | null {
  bytes = body;
  at = 0;
  const head = { clientSideThrottleTime: int32(), errorCode: int16(), sessionId: int32() };
  const responses: FetchResponse['responses'] = [];
  for (let topics = int32(); topics > 0; topics -= 1) {
    const length = int16();
    const topicName = text(at, length);
    at += length;
    const partitions: FetchedPartition[] = [];
    for (let count = int32(); count > 0; count -= 1) {
      const partition = readPartition();
      if (!partition) return null;
      partitions.push(partition);
    }
    responses.push({ topicName, partitions });
  }
  return { throttleTime: 0, ...head, responses };
}

function readPartition(): FetchedPartition | null {
  const partition = int32();
  const errorCode = int16();
  const [highWatermark, lastStableOffset, lastStartOffset] = [String(int64()), String(int64()), String(int64())];
  const abortedTransactions: FetchedPartition['abortedTransactions'] = [];
  for (let count = int32(); count > 0; count -= 1) {
    abortedTransactions.push({ producerId: String(int64()), firstOffset: String(int64()) });
  }
  const preferredReadReplica = int32();
  const messages = readBatches(int32());
  if (!messages) return null;
  return {
    ...{ partition, errorCode, highWatermark, lastStableOffset, lastStartOffset },
    ...{ abortedTransactions, preferredReadReplica, messages },
  };
}

/** The last batch may have been cut off by the size that was asked for: it comes again. */
function readBatches(size: number): FetchedMessage[] | null {
  const messages: FetchedMessage[] = [];
  const end = at + Math.max(0, size);
  if (end > bytes.length) throw new RangeError('The records end too early');
  while (end - at >= batchBytesMin) {
    if (bytes[at + 16] !== magic) return null;
    const batchEnd = at + 12 + bytes.readInt32BE(at + 8);
    if (batchEnd > end) break;
    if (!readBatch(messages)) return null;
    at = batchEnd;
  }
  at = end;
  return messages;
}

function readBatch(messages: FetchedMessage[]): boolean {
  const firstOffset = int64();
  at += 4; // the length
  const partitionLeaderEpoch = int32();
  at += 1 + 4; // the format, and the checksum, which kafkajs does not look at either
  const attributes = int16();
  if (attributes & compressedBits) return false;
  const lastOffsetDelta = int32();
  const [firstTimestamp, maxTimestamp] = [int64(), int64()];
  const isControlRecord = (attributes & controlBit) !== 0;
  const timestampType = attributes & appendTimeBit ? 1 : 0;
  const appendedAt = timestampType ? String(maxTimestamp) : undefined;
  const batchContext = {
    firstOffset: String(firstOffset),
    firstTimestamp: String(firstTimestamp),
    partitionLeaderEpoch,
    inTransaction: (attributes & transactionBit) !== 0,
    isControlBatch: isControlRecord,
    lastOffsetDelta,
    producerId: String(int64()),
    producerEpoch: int16(),
    firstSequence: int32(),
    maxTimestamp: String(maxTimestamp),
    timestampType,
    magicByte: magic,
  };
  for (let count = int32(); count > 0; count -= 1) {
    const length = varint();
    const end = at + length;
    const recordAttributes = bytes.readInt8(at);
    at += 1;
    const timestampDelta = varint();
    const offset = plus(firstOffset, varint());
    messages.push({
      magicByte: magic,
      attributes: recordAttributes,
      timestamp: appendedAt ?? plus(firstTimestamp, timestampDelta),
      offset,
      key: readBytes(),
      value: readBytes(),
      headers: readHeaders(),
      isControlRecord,
      batchContext,
    });
    at = end;
  }
  return true;
}

// Neighbours have the same headers: a name is mostly the one that stood in the same place in the record before.
const namesBefore: string[] = [];

function readHeaders(): FetchedMessage['headers'] {
  const headers: FetchedMessage['headers'] = {};
  const count = varint();
  for (let index = 0; index < count; index += 1) {
    const length = varint();
    const before = namesBefore[index];
    const name = before !== undefined && isNext(before, length) ? before : (namesBefore[index] = text(at, length));
    at += length;
    const value = readBytes();
    const all = Object.hasOwn(headers, name) ? [headers[name]!, value].flat() : value;
    if (name === '__proto__')
      Object.defineProperty(headers, name, { value: all, enumerable: true, configurable: true });
    else headers[name] = all;
  }
  return headers;
}

/** Of names in ASCII alone. */
function isNext(name: string, length: number): boolean {
  if (name.length !== length) return false;
  for (let index = 0; index < length; index += 1) if (bytes[at + index] !== name.charCodeAt(index)) return false;
  return true;
}

const text = (from: number, length: number): string => bytes.toString('utf8', from, from + length);

function readBytes(): Header {
  const length = varint();
  if (length < 0) return null;
  if (at + length > bytes.length) throw new RangeError('A record ends too early');
  return bytes.subarray(at, (at += length));
}

/** ZigZag, seven bits a byte, the lowest first; exact to 53 bits, which dates and counts do not exceed. */
function varint(): number {
  let value = 0;
  for (let unit = 1; ; unit *= 128) {
    const byte = bytes[at++];
    if (byte === undefined) throw new RangeError('A number ends too early');
    value += (byte & 127) * unit;
    if (byte < 128) return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }
}

const plus = (base: number | bigint, delta: number): string =>
  typeof base === 'number' ? String(base + delta) : String(base + BigInt(delta));

/** A number where it is exact. */
function int64(): number | bigint {
  const high = bytes.readInt32BE(at);
  const value =
    high >= -0x100000 && high < 0x100000 ? high * 0x100000000 + bytes.readUInt32BE(at + 4) : bytes.readBigInt64BE(at);
  at += 8;
  return value;
}

function int32(): number {
  const value = bytes.readInt32BE(at);
  at += 4;
  return value;
}

function int16(): number {
  const value = bytes.readInt16BE(at);
  at += 2;
  return value;
}
