import { IsDefined, IsOptional, ValidateBy, ValidateIf } from 'class-validator';
import { type Field, registerField } from './field-registry.ts';

export interface FieldOptions {
  /** May be left out; null counts as left out. */
  readonly optional?: boolean;
  /** Required when the other field has this value, refused otherwise. */
  readonly onlyWhen?: { readonly field: string; readonly is: string };
  /** What the field says, in one line for the reference; the word list of `field-meanings.ts` is the default. */
  readonly meaning?: string;
}

/** Makes one property decorator of ours: class-validator's decorators and the entry in the field registry together. */
export function declareField(
  kind: Field['kind'],
  options: FieldOptions,
  validators: readonly PropertyDecorator[],
): PropertyDecorator {
  return (target, property) => {
    const name = String(property);
    const presence = presenceOf(name, options);
    for (const decorate of [...presence, ...validators]) decorate(target, property);
    const { optional = false, onlyWhen, meaning } = options;
    registerField(target.constructor, { name, optional: optional || onlyWhen !== undefined, onlyWhen, meaning, kind });
  };
}

function presenceOf(name: string, { optional, onlyWhen }: FieldOptions): PropertyDecorator[] {
  if (onlyWhen !== undefined) {
    const applies = (owner: Record<string, unknown>): boolean => owner[onlyWhen.field] === onlyWhen.is;
    return [
      ValidateIf(
        (owner: Record<string, unknown>) => applies(owner) || (owner[name] !== undefined && owner[name] !== null),
      ),
      IsDefined({ message: `is required when ${onlyWhen.field} is "${onlyWhen.is}"` }),
      constraint('isAbsent', (_value, owner) =>
        applies(owner) ? null : `must be left out unless ${onlyWhen.field} is "${onlyWhen.is}"`,
      ),
    ];
  }
  return [optional === true ? IsOptional() : IsDefined({ message: 'is required' })];
}

/** A class-validator constraint from a function that names the problem, or null when there is none. */
export function constraint(
  name: string,
  problemOf: (value: unknown, owner: Record<string, unknown>) => string | null,
): PropertyDecorator {
  return ValidateBy({
    name,
    validator: {
      validate: (value, args) => problemOf(value, args?.object as Record<string, unknown>) === null,
      defaultMessage: (args) => problemOf(args?.value, args?.object as Record<string, unknown>) ?? '',
    },
  });
}
