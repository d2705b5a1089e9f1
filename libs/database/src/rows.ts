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
  /** One array per column, in the order of the columns. */
  arrays(rows: readonly Record<Name, unknown>[]): unknown[][];
}

/** Describes rows that go to Postgres in one statement. */
export function rowSet<const C extends Columns>(columns: C): RowSet<Extract<keyof C, string>> {
  const names = Object.keys(columns) as Extract<keyof C, string>[];
  return {
    names: names.join(', '),
    from: (name, first = 1) =>
      `unnest(${names.map((column, at) => `$${first + at}::${columns[column]}[]`).join(', ')}) as ${name}(${names.join(', ')})`,
    arrays: (rows) => names.map((column) => rows.map((row) => row[column])),
  };
}
