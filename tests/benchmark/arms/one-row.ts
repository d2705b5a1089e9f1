import pg from 'pg';

/** The first row that a query finds. @throws Error when it finds none */
export async function oneRow<Row>(databaseUrl: string, text: string): Promise<Row> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query(text);
    if (rows.length === 0) throw new Error(`Nothing is found by: ${text}`);
    return rows[0] as Row;
  } finally {
    await client.end();
  }
}
