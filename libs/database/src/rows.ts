/** A column's name with its SQL type; `unnest` makes rows of one array per column. */
type Columns = Record<string, string>;

/**
 * The pieces of a set-based statement: `insert into t (${rows.names}) select * from ${rows.from()}`. One statement text
 * whatever the number of rows, so it is planned once.
 */
export interface RowSet<Name extends string> {
  /** `a, b, c` */
  names: string;
  /** `unnest($1::text[], $2::int8[]) as name(a, b)`; `first` is the first parameter's number. */
  from(name: string, first?: number): string;
  /** One array per column, in the order of the columns, ready to be sent as a statement's values. */
  arrays(rows: readonly Record<Name, unknown>[]): unknown[];
}

/** Describes rows that go to Postgres in one statement. */
export function rowSet<const C extends Columns>(columns: C): RowSet<Extract<keyof C, string>> {
  const names = Object.keys(columns) as Extract<keyof C, string>[];
  return {
    names: names.join(', '),
    from: (name, first = 1) =>
      `unnest(${names.map((column, at) => `$${first + at}::${columns[column]}[]`).join(', ')}) as ${name}(${names.join(', ')})`,
    arrays: (rows) => names.map((column) => arrayLiteral(columns[column]!, rows, column)),
  };
}

const needsEscape = /["\\]/;
const escaped = /["\\]/g;
// Their text has nothing in it that an array literal would take for its own.
const plainTypes = new Set(['int', 'int8', 'date', 'uuid', 'bool', 'numeric']);

/**
 * A column as the text of a Postgres array. pg would do it element by element through several calls and passes, which
 * was a sixth of the time that an order costs; bytes are left to it.
 */
function arrayLiteral(type: string, rows: readonly Record<string, unknown>[], column: string): unknown {
  if (type === 'bytea') return rows.map((row) => row[column]);
  const isPlain = plainTypes.has(type);
  let text = '';
  for (const row of rows) {
    const value = row[column];
    text += text === '' ? '{' : ',';
    if (value === null || value === undefined) text += 'NULL';
    else if (isPlain) text += value;
    else text += quoted(textOf(value, type));
  }
  return text === '' ? '{}' : `${text}}`;
}

function textOf(value: unknown, type: string): string {
  if (value instanceof Date) return value.toISOString();
  return type === 'jsonb' && typeof value !== 'string' ? JSON.stringify(value) : String(value);
}

function quoted(text: string): string {
  return needsEscape.test(text) ? `"${text.replace(escaped, '\\$&')}"` : `"${text}"`;
}
