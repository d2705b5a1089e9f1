import pg from 'pg';

const OID = { int8: 20, date: 1082 } as const;
const parsers: Record<number, (text: string) => unknown> = {
  // Minor units exceed 2^53; a day is a day, not an instant in the machine's zone.
  [OID.int8]: BigInt,
  [OID.date]: (text) => text,
};

/** How column values arrive in every connection of ours. */
export const columnTypes: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    (format !== 'binary' && parsers[oid]) || pg.types.getTypeParser(oid, format as 'text')) as never,
};
