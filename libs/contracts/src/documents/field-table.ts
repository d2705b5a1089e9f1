import { meaningOf } from '../fields/field-meanings.ts';
import { type Field, fieldsOf, type Shape } from '../fields/field-registry.ts';
import type { JsonSchema } from '../fields/json-schema.ts';
import { identifierPattern } from '../fields/scalar-fields.ts';

/** A Markdown table of a shape's fields; nested shapes are links to their own heading. */
export function fieldTable(shape: Shape): string {
  const rows = fieldsOf(shape).map((field) => {
    const meaning = field.meaning ?? meaningOf(field.name, shape.name);
    return `| \`${field.name}\` | ${typeLabel(field)} | ${presence(field)} | ${meaning.replaceAll('|', '\\|')} |`;
  });
  return ['| field | type | required | meaning |', '|---|---|---|---|', ...rows].join('\n');
}

/** The shapes that are nested in these, each once, those inside them included, by title. */
export function nestedShapes(shapes: readonly Shape[]): Shape[] {
  const found = new Set<Shape>();
  const visit = (shape: Shape): void => {
    for (const { kind } of fieldsOf(shape)) {
      if (!('shape' in kind) || found.has(kind.shape())) continue;
      found.add(kind.shape());
      visit(kind.shape());
    }
  };
  shapes.forEach(visit);
  return [...found].sort((left, right) => titleOf(left).localeCompare(titleOf(right), 'en'));
}

/** OrderLineV1 → "Order line". */
export function titleOf(shape: Shape): string {
  const words = shape.name
    .replace(/V\d+$/, '')
    .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const presence = ({ optional, onlyWhen }: Field): string => {
  if (onlyWhen !== undefined) return `when \`${onlyWhen.field}\` is \`${onlyWhen.is}\``;
  return optional ? '' : 'yes';
};

function typeLabel({ kind }: Field): string {
  if (!('shape' in kind)) return scalarLabel(kind.schema);
  const title = titleOf(kind.shape());
  const link = `[${title}](#${title.toLowerCase().replaceAll(' ', '-')})`;
  return kind.list === undefined ? link : `list of ${link}`;
}

function scalarLabel({ type, enum: words, format, pattern, minimum, maximum, maxLength }: JsonSchema): string {
  if (words !== undefined) return words.map((word) => `\`${word}\``).join(', ');
  if (format !== undefined) return format === 'date' ? 'day' : 'instant';
  if (type === 'integer') {
    return `whole number from ${minimum}${maximum === Number.MAX_SAFE_INTEGER ? '' : ` to ${maximum}`}`;
  }
  if (type === 'boolean') return 'true or false';
  if (type === 'object') return 'any object';
  if (maxLength !== undefined) return `text, at most ${maxLength}`;
  if (pattern === '^[A-Z]{3}$') return 'currency code';
  if (pattern === identifierPattern.source) return 'identifier';
  return pattern?.includes('[0-9]{1,15}') === true
    ? 'decimal string'
    : `text like \`${pattern?.replaceAll('|', '\\|')}\``;
}
