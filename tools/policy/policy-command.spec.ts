import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { policyCommand } from './policy-command.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ordergate-policy-command-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

async function run(...args: string[]) {
  const [said, complained]: [string[], string[]] = [[], []];
  const code = await policyCommand(args, {
    say: (line) => void said.push(line),
    complain: (line) => void complained.push(line),
  });
  return { code, said: said.join('\n'), complained: complained.join('\n').replaceAll(folder, '') };
}

describe('npm run policy -- validate', () => {
  it('says of a right document what is on, for everybody and for whom something else is', async () => {
    const right = file(
      'right.yaml',
      `version: v1
rules: { overdue-items: { days: 5, amountMin: "250.00" }, payment-terms: off }
scopes: [{ when: { riskClass: [D] }, rules: { overdue-items: { days: 0 } } }]`,
    );
    const { code, said, complained } = await run('validate', right);
    expect([code, complained]).toEqual([0, '']);
    expect(said).toContain('right.yaml is right: version v1');
    expect(said).toContain('  overdue-items  days 5, amountMin 250');
    expect(said).toContain('  off  payment-terms');
    expect(said).toMatch(/For riskClass D\n {2}overdue-items days {2}5 → 0 {2}stricter/);
  });

  it('tells every mistake of every file with line and column, and ends with 1', async () => {
    const broken = file('broken.yaml', 'version: v1\nrules:\n  order-valu: { max: "5" }\n  oldest-open-item: {}\n');
    const right = file('right.yaml', 'version: v1');
    const { code, said, complained } = await run('validate', broken, right, join(folder, 'nowhere.yaml'));
    expect(code).toBe(1);
    expect(complained.split('\n')).toEqual([
      '/broken.yaml:3:3: rules.order-valu is no name that rules has; did you mean order-value?',
      '/broken.yaml:4:3: rules.oldest-open-item.days is missing; it must be a whole number of days from 0 to 3650',
      '/nowhere.yaml: there is no such file',
    ]);
    expect(said).toContain('right.yaml is right');
  });
});

describe('npm run policy -- diff', () => {
  const before = () => file('a.yaml', 'version: a1\nrules: { order-value: { max: "500.00" } }');
  const after = () => file('b.yaml', 'version: b1\nrules: { order-value: { max: "400.00" } }');

  it('says what differs', async () => {
    const { code, said } = await run('diff', before(), after());
    expect(code).toBe(0);
    expect(said).toContain('  before  a1');
    expect(said).toContain('For everybody\n  order-value max  500 → 400  stricter');
  });

  it('says it to programs', async () => {
    const { said } = await run('diff', before(), after(), '--json');
    expect(JSON.parse(said)).toEqual({
      ...{ before: 'a1', after: 'b1', isSame: false, scopes: [] },
      general: [
        { section: 'rules', rule: 'order-value', parameter: 'max', before: '500', after: '400', effect: 'stricter' },
      ],
    });
  });

  it('says that nothing does', async () => {
    const { code, said } = await run('diff', before(), before());
    expect([code, said.split('\n').at(-1)]).toEqual([0, 'They say the same.']);
  });

  it('compares nothing with a broken document', async () => {
    const broken = file('broken.yaml', 'version: v1\nrules: 5');
    const { code, said, complained } = await run('diff', before(), broken);
    expect([code, said]).toEqual([1, '']);
    expect(complained).toBe('/broken.yaml:2:1: rules must be a mapping of rules');
  });
});

describe('npm run policy -- backtest', () => {
  const strict = () => file('strict.yaml', 'version: s1\nrules: { order-value: { max: "90.00" } }');
  const quarter = ['--from', '2012-02-01', '--to', '2012-03-31'];

  // Of the file's orders of these months eleven were worth more, five of them paid in time.
  it('says what the candidate would have changed on the receivables that come with the project', async () => {
    const { code, said } = await run('backtest', strict(), ...quarter, '--late-days', '10');
    expect(code).toBe(0);
    expect(said).toContain('Back-test of s1');
    expect(said).toContain('against   bare.1 (the bare policy: limits and terms only)');
    expect(said).toMatch(/held, was approved +11 +1,096\.68 USD/);
    expect(said).toMatch(/wrongly held: held, paid on time +– +– +5 +476\.62 USD/);
    expect(said).toContain('Each policy runs its own course');
  });

  it('finds nothing against the same policy', async () => {
    const { said } = await run('backtest', strict(), ...quarter, '--against', strict());
    expect(said).toMatch(/held, was approved +– +– +– +– +– +–\n +approved, was held +–/);
  });

  it('writes what programs read', async () => {
    const json = join(folder, 'report.json');
    await run('backtest', strict(), ...quarter, '--json', json);
    const { changedOrders, changes, before, knownUntil, lateDays } = JSON.parse(readFileSync(json, 'utf8'));
    expect([before.version, knownUntil, lateDays]).toEqual(['bare.1', '2014-01-09', 30]);
    expect(changedOrders).toHaveLength(11);
    expect(changedOrders[0]).toEqual({
      ...{
        customerId: expect.any(String),
        orderId: expect.stringMatching(/^SO-/),
        day: expect.stringMatching(/^2012-/),
      },
      ...{ before: [], after: ['order-value'], worth: { amount: expect.any(String), currency: 'USD' } },
      payment: { kind: expect.any(String), daysLate: expect.any(Number), isUnpaid: false },
    });
    const worth = changedOrders.reduce((sum: number, one: any) => sum + Number(one.worth.amount), 0);
    const kinds: { orders: number; worth: { USD?: string } }[] = Object.values(changes.newlyHeld);
    expect(kinds.reduce((sum, { worth: { USD = '0' } }) => sum + Number(USD), 0)).toBeCloseTo(worth, 2);
  });

  it('writes what people read', async () => {
    const html = join(folder, 'report.html');
    await run('backtest', strict(), ...quarter, '--html', html);
    expect(readFileSync(html, 'utf8')).toMatch(/^<!doctype html>.*11 orders<\/b>.*<\/html>\n$/s);
  });

  it.each([
    { name: 'a broken policy', args: () => [file('b.yaml', 'version: v1\nrules: 5')], says: 'rules must be a mapping' },
    {
      name: 'a missing file',
      args: () => [strict(), '--data', 'no.csv', '--map', 'no.yaml'],
      says: 'there is no such file',
    },
    { name: 'no database', args: () => [strict(), '--database', 'postgres://127.0.0.1:1/x'], says: '127.0.0.1:1' },
  ])('ends with 1 for $name', async ({ args, says }) => {
    const { code, complained } = await run('backtest', ...args());
    expect(code).toBe(1);
    expect(complained).toContain(says);
  });
});

describe('npm run policy', () => {
  it.each([
    { args: ['vaildate', 'p.yaml'], says: 'Say what to do, one of validate, diff, backtest, not "vaildate".' },
    { args: ['validate'], says: 'validate needs at least one POLICY.yaml.' },
    { args: ['diff', 'a.yaml'], says: 'diff needs two policies: A.yaml and B.yaml.' },
    { args: ['diff', 'a.yaml', 'b.yaml', '--jsn'], says: "Unknown option '--jsn'." },
    { args: ['backtest'], says: 'backtest needs one POLICY.yaml.' },
    { args: ['backtest', 'a.yaml', '--from', '2026-02-30'], says: '"2026-02-30" is no day, such as 2026-11-30.' },
    { args: ['backtest', 'a.yaml', '--from', '2026-03-02', '--to', '2026-03-01'], says: '--from comes after --to.' },
    {
      args: ['backtest', 'a.yaml', '--late-days', '0'],
      says: '--late-days is a whole number of days from 1, not "0".',
    },
    { args: ['backtest', 'a.yaml', '--data', 'f.csv'], says: '--data needs a --map' },
    { args: ['backtest', 'a.yaml', '--map', 'f.yaml'], says: '--map belongs to --data.' },
    { args: ['backtest', 'a.yaml', '--database', 'there'], says: '--database is a URL' },
    {
      args: ['backtest', 'a.yaml', '--database', 'postgres://h/d', '--data', 'f.csv'],
      says: 'Name the --database or the --data, not both.',
    },
  ])('refuses $args', async ({ args, says }) => {
    const { code, complained } = await run(...args);
    expect(code).toBe(2);
    expect(complained).toContain(says);
  });

  it('says how it is used', async () => {
    expect(await run('--help')).toMatchObject({ code: 0, said: expect.stringContaining('validate POLICY.yaml') });
    expect(await run()).toMatchObject({ code: 2 });
  });
});
