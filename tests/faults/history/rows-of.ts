import pg from 'pg';

const int8 = 20;
const integersExactly: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text') =>
    oid === int8 ? BigInt : pg.types.getTypeParser(oid, format)) as pg.CustomTypesConfig['getTypeParser'],
};

/** What a statement finds, over a connection of its own: the server may have been killed since the one before. */
export async function rowsOf<Row>(url: string, text: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url, types: integersExactly });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(text)).rows as Row[];
  } finally {
    await client.end();
  }
}
