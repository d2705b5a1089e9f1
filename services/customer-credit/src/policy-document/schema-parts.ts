/** A part of the policy's JSON Schema; `errorMessage` says what would be right, here and in editors. */
export interface SchemaPart {
  description?: string;
  errorMessage?: string;
  type?: string | readonly string[];
  properties?: Readonly<Record<string, SchemaPart>>;
  patternProperties?: Readonly<Record<string, SchemaPart>>;
  required?: readonly string[];
  [keyword: string]: unknown;
}

const daysMax = 3650;
const percentPattern = '^\\d{1,4}(\\.\\d{1,2})?$';

export const amount = (description: string): SchemaPart => ({
  ...{ description, type: 'string', pattern: '^\\d{1,15}(\\.\\d{1,4})?$', examples: ['2500.00'] },
  errorMessage: 'must be an amount in quotes, like "2500.00" (without quotes YAML reads a float)',
});
export const days = (description: string, minimum = 0): SchemaPart => ({
  ...{ description, type: 'integer', minimum, maximum: daysMax },
  errorMessage: `must be a whole number of days from ${minimum} to ${daysMax}`,
});
export const count = (description: string, minimum: number, maximum: number): SchemaPart => ({
  ...{ description, type: 'integer', minimum, maximum },
  errorMessage: `must be a whole number from ${minimum} to ${maximum}`,
});
export const decimal = (description: string, like: string, minimum = 0, maximum = 9999): SchemaPart => ({
  ...{ description, type: ['number', 'string'], minimum, maximum, pattern: percentPattern, multipleOf: 0.01 },
  errorMessage: `must be a number from ${minimum} to ${maximum} with at most 2 fraction digits, like ${like}`,
});
export const percent = (description: string): SchemaPart => decimal(description, '12.5');
export const oneOf = (description: string, values: readonly string[]): SchemaPart => ({
  ...{ description, type: 'string', enum: values },
  errorMessage: `must be ${values.join(' or ')}`,
});
export const listOf = (description: string, items: SchemaPart, errorMessage: string, minItems = 1): SchemaPart => ({
  ...{ description, type: 'array', items, minItems, errorMessage },
});
export const reasonList = (description: string): SchemaPart =>
  listOf(
    description,
    {
      ...{ type: 'string', pattern: '^[a-z0-9][a-z0-9-]{0,63}$', examples: ['payment-promised'] },
      errorMessage: 'must be 1 to 64 lower-case letters, digits or -, like payment-promised',
    },
    'must be a list of reasons',
  );
export const section = (
  description: string,
  properties: Record<string, SchemaPart>,
  required: readonly string[] = [],
): SchemaPart => ({
  ...{ description, type: 'object', properties, additionalProperties: false },
  ...(required.length > 0 && { required }),
  errorMessage: `must be a mapping of ${Object.keys(properties).join(', ')}`,
});
