import { isCurrency, isDay } from '@ordergate/money';
import { IsBoolean, IsIn, IsInt, IsString, Matches, Max, Min } from 'class-validator';
import { constraint, declareField, type FieldOptions } from './declare-field.ts';
import { isInstant } from './instant.ts';
import { textProblem } from './text.ts';

const string = IsString({ message: 'must be a string' });
export const identifierPattern = /^[A-Za-z0-9][A-Za-z0-9._:/-]{0,63}$/;

/** 1–64 characters of letters, digits, `. _ : / -`, starting with a letter or digit. */
export const Identifier = (options: FieldOptions = {}): PropertyDecorator =>
  Pattern(
    identifierPattern,
    'must be 1 to 64 of letters, digits and . _ : / - and start with a letter or digit',
    options,
  );

/** A string that the whole of `pattern` (anchored, without flags) describes; `problem` ends the sentence "orderId …". */
export const Pattern = (pattern: RegExp, problem: string, options: FieldOptions = {}): PropertyDecorator =>
  declareField(
    {
      schema: { type: 'string', pattern: pattern.source },
      accepts: (value) => typeof value === 'string' && pattern.test(value),
    },
    options,
    [string, Matches(pattern, { message: problem })],
  );

/** Free text of at most `lengthMax` characters, at least one when required; NUL and lone surrogates are refused, PostgreSQL cannot keep them. */
export function Text(lengthMax: number, options: FieldOptions = {}): PropertyDecorator {
  const lengthMin = options.optional === true ? 0 : 1;
  return declareField(
    {
      schema: { type: 'string', ...(lengthMin > 0 && { minLength: lengthMin }), maxLength: lengthMax },
      accepts: (value) => typeof value === 'string' && textProblem(value, lengthMin, lengthMax) === null,
    },
    options,
    [
      string,
      constraint('text', (value) => (typeof value === 'string' ? textProblem(value, lengthMin, lengthMax) : '')),
    ],
  );
}

/** A calendar day, YYYY-MM-DD. */
export const Day = (options: FieldOptions = {}): PropertyDecorator =>
  declareField(
    { schema: { type: 'string', format: 'date' }, accepts: (value) => typeof value === 'string' && isDay(value) },
    options,
    [string, refuseUnless('day', isDay, 'must be a day of the calendar like "2026-11-21"')],
  );

/** An RFC 3339 instant in UTC. */
export const Instant = (options: FieldOptions = {}): PropertyDecorator =>
  declareField(
    {
      schema: { type: 'string', format: 'date-time', pattern: '(Z|\\+00:00)$' },
      accepts: (value) => typeof value === 'string' && isInstant(value),
    },
    options,
    [string, refuseUnless('instant', isInstant, 'must be an instant in UTC like "2026-11-21T10:00:00Z"')],
  );

/** An ISO 4217 code. */
export const Currency = (options: FieldOptions = {}): PropertyDecorator =>
  declareField(
    {
      schema: { type: 'string', pattern: '^[A-Z]{3}$' },
      accepts: (value) => typeof value === 'string' && isCurrency(value),
    },
    options,
    [string, refuseUnless('currency', isCurrency, 'must be an ISO 4217 currency like "EUR"')],
  );

/** One of these words. */
export function OneOf(words: readonly string[], options: FieldOptions = {}): PropertyDecorator {
  const known = new Set<unknown>(words);
  return declareField({ schema: { type: 'string', enum: words }, accepts: (value) => known.has(value) }, options, [
    string,
    IsIn(words, { message: `must be one of ${words.join(', ')}` }),
  ]);
}

/** A whole number from `min` to `max`; both must stay below 2^53, beyond which JSON numbers are not exact. */
export const Count = (min: number, max: number, options: FieldOptions = {}): PropertyDecorator =>
  declareField(
    {
      schema: { type: 'integer', minimum: min, maximum: max },
      accepts: (value) => typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max,
    },
    options,
    [
      IsInt({ message: `must be a whole number from ${min} to ${max}` }),
      Min(min, { message: `must be at least ${min}` }),
      Max(max, { message: `must be at most ${max}` }),
    ],
  );

/** true or false. */
export const Flag = (options: FieldOptions = {}): PropertyDecorator =>
  declareField({ schema: { type: 'boolean' }, accepts: (value) => typeof value === 'boolean' }, options, [
    IsBoolean({ message: 'must be true or false' }),
  ]);

function refuseUnless(name: string, accepts: (text: string) => boolean, problem: string): PropertyDecorator {
  return constraint(name, (value) => (typeof value === 'string' && accepts(value) ? null : problem));
}
