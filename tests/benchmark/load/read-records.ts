const compressionMask = 0x07;
const controlMask = 0x20;

/**
 * Walks through the record batches of a fetch answer, the last of which may be cut off.
 * @param from records before this offset are passed over: a batch is sent whole
 * @returns the offset to go on from
 */
export function readRecords(
  bytes: Buffer,
  from: number,
  onValue: (bytes: Buffer, start: number, end: number) => void,
): number {
  let next = from;
  for (let at = 0; at + 61 <= bytes.length;) {
    const end = at + 12 + bytes.readInt32BE(at + 8);
    if (end > bytes.length) break;
    const base = Number(bytes.readBigInt64BE(at));
    const attributes = bytes.readInt16BE(at + 21);
    if (attributes & compressionMask) throw new Error('The decisions are compressed, and this reader knows no codec.');
    if (!(attributes & controlMask)) readBatch(bytes, at, base, from, onValue);
    next = Math.max(next, base + bytes.readInt32BE(at + 23) + 1);
    at = end;
  }
  return next;
}

function readBatch(
  bytes: Buffer,
  batchAt: number,
  base: number,
  from: number,
  onValue: (bytes: Buffer, start: number, end: number) => void,
): void {
  const cursor = { bytes, at: batchAt + 61 };
  for (let left = bytes.readInt32BE(batchAt + 57); left > 0; left--) {
    const length = varint(cursor);
    const end = cursor.at + length;
    cursor.at += 1;
    varint(cursor);
    const offset = base + varint(cursor);
    const keyLength = varint(cursor);
    if (keyLength > 0) cursor.at += keyLength;
    const valueLength = varint(cursor);
    if (offset >= from && valueLength > 0) onValue(bytes, cursor.at, cursor.at + valueLength);
    cursor.at = end;
  }
}

/** Of 32 bits: time stamps may have more, but only their last byte counts for where the next field begins. */
function varint(cursor: { bytes: Buffer; at: number }): number {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = cursor.bytes[cursor.at++]!;
    if (shift < 32) value |= (byte & 0x7f) << shift;
    if (byte < 0x80) return (value >>> 1) ^ -(value & 1);
  }
}
