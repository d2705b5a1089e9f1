import type { Shape } from '../fields/field-registry.ts';
import { messageOf } from '../message.ts';
import type { Messages } from '../messages/index.ts';
import { readAs } from './reader.ts';
import { shown, type Violation, violationsOf } from './violation.ts';

export type Parsed<T> =
  { readonly ok: true; readonly message: T } | { readonly ok: false; readonly violations: Violation[] };

/**
 * Reads the data of a message of this type (`OrderPlaced.v1`): a plain object with the declared fields, or every violation.
 * Unknown fields are ignored, null counts as left out. An unknown type is a violation of `ce_type`.
 */
export function parse<Type extends keyof Messages>(type: Type, json: unknown): Parsed<Messages[Type]>;
export function parse(type: string, json: unknown): Parsed<object>;
export function parse(type: string, json: unknown): Parsed<object> {
  const definition = messageOf(type);
  if (definition === undefined) {
    return {
      ok: false,
      violations: [{ field: 'ce_type', value: shown(type), problem: 'must be a known message type' }],
    };
  }
  return parseAs(definition.shape, json);
}

/** The same for any class with our field decorators, such as the body of an HTTP call. */
export function parseAs<T extends object>(shape: Shape<T>, json: unknown): Parsed<T> {
  const message = readAs(shape, json);
  return message === undefined ? { ok: false, violations: violationsOf(shape, json) } : { ok: true, message };
}
