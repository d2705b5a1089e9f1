import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database, migrate } from '@ordergate/database';
import { isolated } from '@ordergate/testing';
import { migrations } from '../../services/customer-credit/migrations/index.ts';
import { storeManyDecisions } from './backtest/many-orders.fixture.ts';

const root = join(import.meta.dirname, '../..');
/** The command as npm starts it. */
async function policy(...args: string[]): Promise<{ code: number; out: string; errors: string }> {
  const run = promisify(execFile)(process.execPath, ['tools/policy/policy.ts', ...args], { cwd: root });
  const { stdout, stderr, code = 0 } = await run.catch((error) => error);
  return { code, out: stdout, errors: stderr };
}

let folder: string;
let databaseUrl: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ordergate-policy-'));
  ({ databaseUrl } = await isolated('policy-command'));
  await migrate(databaseUrl, migrations);
  const database = Database.open(databaseUrl, { name: 'policy command spec' });
  await storeManyDecisions(database, 8_000);
  await database.close();
}, 60_000);
afterAll(() => rm(folder, { recursive: true }));

describe('The command npm run policy', () => {
  it('validates, with an exit code for scripts', async () => {
    const broken = join(folder, 'broken.yaml');
    await writeFile(broken, 'version: v1\nrules:\n  order-valu: {}\n');
    expect(await policy('validate', 'policies/distributor.yaml')).toMatchObject({ code: 0, errors: '' });
    const { code, errors } = await policy('validate', broken);
    expect([code, errors]).toEqual([
      1,
      `${broken}:3:3: rules.order-valu is no name that rules has; did you mean order-value?\n`,
    ]);
    expect(await policy('validate')).toMatchObject({ code: 2, errors: 'validate needs at least one POLICY.yaml.\n' });
  });

  it('compares, for programs on standard output alone', async () => {
    const { code, out } = await policy('diff', 'tools/demo/policy.yaml', 'policies/distributor.yaml', '--json');
    expect([code, JSON.parse(out).isSame]).toEqual([0, false]);
  });

  it('back-tests stored decisions of a database, of which it says only where they are', async () => {
    const { code, out, errors } = await policy('backtest', 'policies/distributor.yaml', '--database', databaseUrl);
    expect([code, errors]).toEqual([0, '']);
    expect(out).toContain('8,000 orders of 4,000 customers');
    expect(out).toContain('against   bare.1 (in force at the time)');
    const { host, pathname, password } = new URL(databaseUrl);
    expect(out).toContain(`decisions stored in ${host}${pathname};`);
    expect(password === '' || !out.includes(password)).toBe(true);
  });

  it('says in a sentence that a database is of something else', async () => {
    const { databaseUrl: empty } = await isolated('policy-command-empty');
    const { code, errors } = await policy('backtest', 'policies/distributor.yaml', '--database', empty);
    expect([code, errors]).toEqual([1, 'This is not the database of customer-credit: it has no decisions.\n']);
  });
});
