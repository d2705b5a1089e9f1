/** The public surface of Ordergate: every message with its contract, and the envelope it travels in. */
export * from './cloud-event/cloud-event.ts';
export { readEvent } from './cloud-event/read-event.ts';
export * from './cloud-event/write-event.ts';
export * from './fields/index.ts';
export { jsonSchemaOf } from './fields/json-schema-of.ts';
export * from './message.ts';
export * from './messages/index.ts';
export * from './parse/parse.ts';
export type { Violation } from './parse/violation.ts';
export * from './topics.ts';
