import pg from 'pg';

const ALREADY_EXISTS = new Set(['42P04', '23505']);

/**
 * Makes the database unless it is there.
 * @param postgresUrl a login that may create databases
 * @returns the URL of that database
 */
export async function createDatabase(postgresUrl: string, name: string): Promise<string> {
  await withClient(postgresUrl, async (client) => {
    try {
      await client.query(`CREATE DATABASE ${pg.escapeIdentifier(name)}`);
    } catch (error) {
      if (!ALREADY_EXISTS.has((error as { code?: string }).code ?? '')) throw error;
    }
  });
  return databaseUrl(postgresUrl, name);
}

/** Drops the database if it is there, with the connections that still use it. */
export async function dropDatabase(postgresUrl: string, name: string): Promise<void> {
  await withClient(postgresUrl, (client) =>
    client.query(`DROP DATABASE IF EXISTS ${pg.escapeIdentifier(name)} WITH (FORCE)`),
  );
}

/** The same server and login, another database. */
export function databaseUrl(postgresUrl: string, name: string): string {
  const url = new URL(postgresUrl);
  url.pathname = `/${encodeURIComponent(name)}`;

  return url.toString();
}

async function withClient(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  try {
    await client.connect();
    await work(client);
  } finally {
    await client.end();
  }
}
