import { isUtf8 } from 'node:buffer';
import type { Ended, ParkedMessage, Queue } from './parked-table.ts';
import { printable } from './printable.ts';

/** A line a queue: the number to act on is its oldest message's. */
export function describeQueues(queues: readonly Queue[]): string[] {
  if (queues.length === 0) return ['Nothing is parked.'];
  return table([
    ['oldest', 'customer', 'topic', 'waiting', 'since', 'why the oldest is parked'],
    ...queues.map(({ oldestId, customer, topic, count, parkedAt, reason }) => [
      ...[oldestId, printable(customer), topic, String(count)],
      ...[parkedAt.toISOString(), printable(reason)],
    ]),
  ]);
}

/** A line a message of one customer. */
export function describeMessages(messages: readonly ParkedMessage[]): string[] {
  if (messages.length === 0) return ['Nothing of this customer is parked.'];
  return table([
    ['number', 'topic', 'type', 'since', 'why'],
    ...messages.map(({ id, topic, headers, parkedAt, reason }) => [
      ...[id, topic, printable(String(headers['ce_type'] ?? '-'))],
      ...[parkedAt.toISOString(), printable(reason)],
    ]),
  ]);
}

/** Everything about one message, with its bytes. */
export function describeMessage(message: ParkedMessage): string[] {
  const { id, customer, topic, consumer, parkedAt, partition, offset, wanted, wantedBy, wantedWhy } = message;
  const asked = wantedBy === null ? [] : [`${wanted ?? 'last asked'} by ${wantedBy}: ${wantedWhy}`].map(printable);
  return [
    `Message ${id} of ${printable(customer)} on ${topic}, parked by ${consumer} at ${parkedAt.toISOString()}`,
    ...table([
      ['why', printable(message.reason)],
      ...asked.map((line) => ['wanted', line]),
      ['record', `partition ${partition}, offset ${offset}`],
      ['key', bytes(message.key)],
      ...Object.entries(message.headers).map(([name, value]) => [
        printable(name),
        printable(typeof value === 'string' ? value : JSON.stringify(value)),
      ]),
      ['value', bytes(message.value)],
    ]),
  ];
}

export function describeEnded({ id, customer, topic, outcome, wantedBy, wantedWhy, endedAt }: Ended): string {
  const asked = wantedBy === null ? '' : printable(`, asked for by ${wantedBy}: ${wantedWhy}`);
  return `Message ${id} of ${printable(customer)} on ${topic} was ${outcome} at ${endedAt.toISOString()}${asked}`;
}

function bytes(value: Buffer | null): string {
  if (value === null) return '(null)';
  return isUtf8(value) ? printable(value.toString()) : `base64 ${value.toString('base64')}`;
}

/** Columns as wide as what stands in them; the last one runs free. */
function table(rows: string[][]): string[] {
  const widths = rows[0]!.map((_, at) => Math.max(...rows.map((row) => row[at]!.length)));
  return rows.map((row) => row.map((cell, at) => (at < row.length - 1 ? cell.padEnd(widths[at]!) : cell)).join('  '));
}
