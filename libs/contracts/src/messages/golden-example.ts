import { readFileSync } from 'node:fs';
import type { MessageDefinition } from '../message.ts';

/** The example beside a message's file: `orders/order-placed.v1.json` for OrderPlaced.v1. */
export function goldenExampleOf({ type, topic }: Pick<MessageDefinition, 'type' | 'topic'>): Record<string, unknown> {
  const file = type.replace(/([a-z])([A-Z])/g, '$1-$2').toLowerCase();
  return JSON.parse(readFileSync(new URL(`../../src/messages/${topic}/${file}.json`, import.meta.url), 'utf8'));
}
