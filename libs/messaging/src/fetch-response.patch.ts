import { createRequire } from 'node:module';
import { fetchResponse } from './fetch-response.ts';

interface KafkajsResponse {
  decode: (body: Buffer) => Promise<unknown>;
  isPatched?: true;
}
interface Connection {
  chunks: Buffer[];
  bytesBuffered: number;
  processData(bytes: Buffer): void;
}

const responsePath = 'kafkajs/src/protocol/requests/fetch/v11/response';

/**
 * kafkajs 2.2.4 makes two dozen objects of every record that it reads, its 64-bit numbers and its headers above all, and copies
 * every response once more before. Read in one go the same messages cost a third. What our producers do not write (compressed
 * batches, older formats) is left to kafkajs; the spec holds both together.
 */
export function patchFetchResponse(): void {
  const require = createRequire(import.meta.url);
  const response = require(responsePath) as KafkajsResponse;
  if (response.isPatched) return;
  const original = response.decode;
  response.isPatched = true;
  response.decode = async (body) => fetchResponse(body) ?? original(body);

  const { prototype } = require('kafkajs/src/network/connection') as { prototype: Connection };
  const { processData } = prototype;
  prototype.processData = function (bytes) {
    // The empty rest of the response before would be joined with this one.
    if (this.bytesBuffered === 0) this.chunks = [];
    processData.call(this, bytes);
  };
}
