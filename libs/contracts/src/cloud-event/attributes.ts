import { isInstantWithOffset } from '../fields/instant.ts';
import { shown, type Violation } from '../parse/violation.ts';
import type { CloudEvent, EventRead } from './cloud-event.ts';

export interface Attributes {
  readonly specversion: unknown;
  readonly id: unknown;
  readonly type: unknown;
  readonly source: unknown;
  readonly time: unknown;
  readonly correlationId: unknown;
  readonly causationId: unknown;
  readonly traceparent: unknown;
}

/** Ids and sources are keys of the inbox: printable, and short enough for an index. */
const attributePattern = /^[^\u0000-\u001f\u007f\ud800-\udfff]{1,256}$/u;
const traceparentPattern = /^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}/;

const isAttribute = (value: unknown): value is string => typeof value === 'string' && attributePattern.test(value);
const isTime = (value: unknown): value is string => typeof value === 'string' && isInstantWithOffset(value);

/** The event made of checked attributes; `prefix` is `ce_` where they came as headers. */
export function eventOf(attributes: Attributes, data: unknown, prefix: '' | 'ce_'): EventRead {
  const { specversion, id, type, source, time, correlationId, causationId, traceparent } = attributes;
  if (
    specversion === '1.0' &&
    isAttribute(id) &&
    isAttribute(type) &&
    isAttribute(source) &&
    (time === undefined || isTime(time)) &&
    (correlationId === undefined || isAttribute(correlationId)) &&
    (causationId === undefined || isAttribute(causationId))
  ) {
    const event: CloudEvent = {
      id,
      type,
      source,
      time,
      correlationId,
      causationId,
      traceparent: traceOf(traceparent),
      data,
    };
    return { ok: true, event };
  }
  return { ok: false, violations: attributeViolations(attributes, prefix) };
}

/** Every attribute that does not fit CloudEvents 1.0. */
export function attributeViolations(attributes: Attributes, prefix: '' | 'ce_'): Violation[] {
  const { specversion, id, type, source, time, correlationId, causationId } = attributes;
  const violations: Violation[] = [];
  const refuse = (name: string, value: unknown, problem: string): void => {
    violations.push({
      field: `${prefix}${name}`,
      value: shown(value),
      problem: value === undefined ? 'is required' : problem,
    });
  };
  if (specversion !== '1.0') refuse('specversion', specversion, 'must be "1.0"');
  for (const [name, value] of Object.entries({ id, type, source })) {
    if (!isAttribute(value)) refuse(name, value, 'must be 1 to 256 printable characters');
  }
  for (const [name, value] of Object.entries({ correlationid: correlationId, causationid: causationId })) {
    if (value !== undefined && !isAttribute(value)) refuse(name, value, 'must be 1 to 256 printable characters');
  }
  if (time !== undefined && !isTime(time))
    refuse('time', time, 'must be an RFC 3339 instant like "2026-11-21T10:00:00Z"');
  return violations;
}

/** A broken trace is dropped, never a reason to refuse an order. */
const traceOf = (value: unknown): string | undefined =>
  typeof value === 'string' && traceparentPattern.test(value) ? value : undefined;
