import type { Violation } from '../parse/violation.ts';

/** A CloudEvents 1.0 event as Ordergate carries it over Kafka; `data` is not yet checked against its contract. */
export interface CloudEvent {
  readonly id: string;
  readonly type: string;
  readonly source: string;
  /** RFC 3339, any offset. */
  readonly time?: string | undefined;
  /** The order or document the chain started from. */
  readonly correlationId?: string | undefined;
  /** The message that caused this one. */
  readonly causationId?: string | undefined;
  /** W3C trace context. */
  readonly traceparent?: string | undefined;
  readonly data: unknown;
}

export type HeaderValue = Buffer | string;

/** The part of a Kafka record that an event is in; kafkajs' messages have this shape. */
export interface EventRecord {
  readonly key?: Buffer | string | null;
  readonly value: Buffer | null;
  readonly headers?: Readonly<Record<string, HeaderValue | HeaderValue[] | undefined>> | undefined;
}

export type EventRead =
  { readonly ok: true; readonly event: CloudEvent } | { readonly ok: false; readonly violations: Violation[] };
