/** The broker and the Postgres that this test run shares. */
export interface TestInfra {
  brokers: string[];
  /** A login that may create databases. */
  postgresUrl: string;
}

const BROKERS = 'ORDERGATE_TEST_BROKERS';
const POSTGRES_URL = 'ORDERGATE_TEST_POSTGRES_URL';

/**
 * Addresses that the global setup has left for the spec files.
 * @throws Error in a spec that runs without that setup (one whose name does not end in .int, .component or .e2e)
 */
export function testInfra(): TestInfra {
  const brokers = process.env[BROKERS];
  const postgresUrl = process.env[POSTGRES_URL];
  if (!brokers || !postgresUrl) {
    throw new Error(
      'no broker and no Postgres here: only specs named .int.spec, .component.spec or .e2e.spec have them',
    );
  }
  return { brokers: brokers.split(','), postgresUrl };
}

/** Workers that jest starts after its global setup inherit the environment. */
export function announceTestInfra({ brokers, postgresUrl }: TestInfra): void {
  process.env[BROKERS] = brokers.join(',');
  process.env[POSTGRES_URL] = postgresUrl;
}
