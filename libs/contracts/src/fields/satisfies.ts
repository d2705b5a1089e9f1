import { constraint } from './declare-field.ts';
import { registerLaw, type Shape } from './field-registry.ts';
import { fieldsFit } from '../parse/reader.ts';

/**
 * A law between this property and others of the message, asked only when the property is present and every field fits
 * by itself. `problem` says what would be right: "must sum to the total".
 */
export const Satisfies =
  <T extends object>(problem: string, holds: (message: T) => boolean): PropertyDecorator =>
  (target, property) => {
    const shape = target.constructor as Shape<T>;
    constraint(`law:${problem}`, (_value, owner) => (!fieldsFit(shape, owner) || holds(owner as T) ? null : problem))(
      target,
      property,
    );
    registerLaw(shape, { field: String(property), problem, holds });
  };
