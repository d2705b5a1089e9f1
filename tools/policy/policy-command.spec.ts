import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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

describe('npm run policy', () => {
  it.each([
    { args: ['vaildate', 'p.yaml'], says: 'Say what to do, one of validate, diff, not "vaildate".' },
    { args: ['validate'], says: 'validate needs at least one POLICY.yaml.' },
    { args: ['diff', 'a.yaml'], says: 'diff needs two policies: A.yaml and B.yaml.' },
    { args: ['diff', 'a.yaml', 'b.yaml', '--jsn'], says: "Unknown option '--jsn'." },
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
