import { execFile } from 'node:child_process';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually, lagOf } from '@ordergate/testing';
import { attempts, bugs, lanesStand, order, payment } from './lanes.fixture.ts';

let stand: Awaited<ReturnType<typeof lanesStand>>;

beforeAll(async () => {
  stand = await lanesStand('parking');
  await stand.start();
}, 60_000);
afterAll(() => stand?.stop(), 30_000);
afterEach(() => {
  bugs.handling.clear();
  bugs.answering.clear();
});

const by = ['--who', 'u-7', '--why'] as const;
/** The command as an operator types it. */
function deadLettersCommand(...args: string[]): Promise<{ code: number; text: string }> {
  const command = ['tools/dead-letters.ts', ...args, '--database', stand.databaseUrl];
  return new Promise((resolve) =>
    execFile('node_modules/.bin/node', command, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, text: stdout + stderr }),
    ),
  );
}

const deadLetterOf = (customerId: string) => stand.deadLetters.waitFor(1, ({ key }) => key === customerId, 5_000);
const lagOfInputs = () => {
  const topics = ['orders', 'receivables', 'credit-commands'].map((topic) => `${stand.topicPrefix}${topic}`);
  return lagOf(`${stand.topicPrefix}parking`, topics);
};
const untilParked = (customerId: string, count: number) =>
  eventually(async () => expect(await stand.parkedOf(customerId)).toHaveLength(count));

describe('A message that a handler cannot handle', () => {
  it('is put aside with its bytes and told; its customer’s later ones wait behind it, the others go on', async () => {
    bugs.handling.add('P-2');
    await stand.tell('orders', [
      order('P-1', 'C-1'),
      order('Q-1', 'C-2'),
      order('P-2', 'C-1'),
      order('P-3', 'C-1'),
      order('Q-2', 'C-2'),
    ]);
    const [dead] = await deadLetterOf('C-1');
    expect(dead).toMatchObject({
      value: order('P-2', 'C-1').data,
      headers: {
        'kafka_dlt-exception-fqcn': 'ordergate.UnhandledMessage',
        'kafka_dlt-exception-message': expect.stringMatching(/waits parked: .*in P-2/),
        'kafka_dlt-original-consumer-group': `${stand.topicPrefix}parking`,
      },
    });
    await untilParked('C-1', 2);
    await stand.tell('orders', [order('P-4', 'C-1'), order('Q-3', 'C-2')]);
    await untilParked('C-1', 3);
    const parked = await stand.parkedOf('C-1');
    expect(parked.map(({ value }) => JSON.parse(value.toString()).orderId)).toEqual(['P-2', 'P-3', 'P-4']);
    expect(parked.map(({ reason }) => reason)).toEqual([
      expect.stringMatching(/in P-2/),
      'waits behind a parked message of its customer',
      'waits behind a parked message of its customer',
    ]);
    expect(await stand.handledOf('C-1')).toEqual(['P-1']);
    await eventually(async () => expect(await stand.handledOf('C-2')).toEqual(['Q-1', 'Q-2', 'Q-3']));
    await eventually(() =>
      expect(stand.saidOf('C-1')).toEqual([
        'Handled.v1 P-1',
        'Undecided.v1 P-2',
        'Undecided.v1 P-3',
        'Undecided.v1 P-4',
      ]),
    );
  });

  it('was tried three times at most, and keeps nothing back: no input lags', async () => {
    expect(attempts.get('P-2')).toBeGreaterThan(0);
    expect(attempts.get('P-2')).toBeLessThanOrEqual(3);
    await eventually(async () => expect(new Set(Object.values(await lagOfInputs()))).toEqual(new Set([0])));
  });

  it('stays parked, with its reason, when a retry fails again', async () => {
    bugs.handling.add('P-3');
    const { code, text } = await deadLettersCommand('retry', '--customer', 'C-1', ...by, 'half fixed');
    expect(code).toBe(1);
    expect(text.trim().split('\n')).toEqual([
      expect.stringMatching(/^Message \d+ of C-1 on orders was handled\.$/),
      expect.stringMatching(/^Message \d+ of C-1 on orders is still parked; 1 behind it: .*in P-3/),
    ]);
    expect(await stand.handledOf('C-1')).toEqual(['P-1', 'P-2']);
  });

  it('is handled in its turn after the repair, and those behind it in theirs; who and why is kept', async () => {
    const listed = await deadLettersCommand('list');
    expect(listed.text).toMatch(/C-1.*in P-3/);
    const { code, text } = await deadLettersCommand('retry', '--customer', 'C-1', ...by, 'repaired');
    expect({ code, text }).toMatchObject({ code: 0, text: expect.stringMatching(/2 messages.*were handled/) });
    expect(await stand.handledOf('C-1')).toEqual(['P-1', 'P-2', 'P-3', 'P-4']);
    expect(await stand.parkedOf('C-1')).toEqual([]);
    await stand.tell('orders', [order('P-5', 'C-1')]);
    await eventually(async () => expect((await stand.handledOf('C-1')).at(-1)).toBe('P-5'));
    const kept = await stand.database.query(
      `select outcome, wanted_by, wanted_why from parked_message_outcome where customer_id = 'C-1' order by parked_no`,
    );
    expect(kept).toEqual([
      { outcome: 'handled', wanted_by: 'u-7', wanted_why: 'half fixed' },
      { outcome: 'handled', wanted_by: 'u-7', wanted_why: 'repaired' },
      { outcome: 'handled', wanted_by: 'u-7', wanted_why: 'repaired' },
    ]);
  });

  it('is shown with its body, and can be thrown away: what waits behind it is handled by itself', async () => {
    bugs.handling.add('D-1');
    await stand.tell('orders', [order('D-1', 'C-3'), order('D-2', 'C-3'), order('D-3', 'C-3')]);
    await untilParked('C-3', 3);
    const [guilty] = await stand.parkedOf('C-3');
    const id = String(guilty!.parked_no);
    expect((await deadLettersCommand('show', '--id', id)).text).toMatch(/in D-1[^]*ce_type +OrderPlaced\.v1[^]*D-1/);
    expect(await deadLettersCommand('discard', '--id', id)).toMatchObject({ code: 2 });
    expect(await deadLettersCommand('discard', '--id', id, ...by, 'sent by mistake')).toEqual({
      code: 0,
      text: expect.stringMatching(new RegExp(`Message ${id} of C-3 on orders was thrown away`)),
    });
    await eventually(async () => expect(await stand.handledOf('C-3')).toEqual(['D-2', 'D-3']));
    await eventually(async () => expect(await stand.parkedOf('C-3')).toEqual([]));
  });

  it('is put aside silently when even its sender cannot be answered', async () => {
    for (const kind of [bugs.handling, bugs.answering]) kind.add('E-1');
    await stand.tell('orders', [order('E-1', 'C-4'), order('R-1', 'C-5')]);
    expect(await deadLetterOf('C-4')).toHaveLength(1);
    await eventually(async () => expect(await stand.handledOf('C-5')).toEqual(['R-1']));
    expect(stand.saidOf('C-4')).toEqual([]);
    await untilParked('C-4', 1);
    expect(attempts.get('E-1')).toBeLessThanOrEqual(3);
  });

  it('stays parked across a restart', async () => {
    await stand.start();
    await stand.tell('orders', [order('E-2', 'C-4')]);
    await untilParked('C-4', 2);
    expect(await deadLettersCommand('retry', '--customer', 'C-4', ...by, 'repaired')).toMatchObject({ code: 0 });
    expect(await stand.handledOf('C-4')).toEqual(['E-1', 'E-2']);
  }, 30_000);
});

describe('A parked payment', () => {
  it('makes its customer’s new orders wait, answered; they follow by themselves once it is handled', async () => {
    bugs.handling.add('PAY-1');
    await stand.tell('receivables', [payment('PAY-1', 'C-6'), payment('PAY-2', 'C-6'), payment('PAY-3', 'C-7')]);
    await untilParked('C-6', 2);
    await stand.tell('orders', [order('W-1', 'C-6'), order('V-1', 'C-7')]);
    await untilParked('C-6', 3);
    await eventually(async () => expect(await stand.handledOf('C-7')).toEqual(['PAY-3', 'V-1']));
    await eventually(() => expect(stand.saidOf('C-6')).toContain('Undecided.v1 W-1'));

    bugs.handling.clear();
    const command = ['retry', '--customer', 'C-6', ...by, 'repaired'] as const;
    expect(await deadLettersCommand(...command)).toMatchObject({ code: 0 });
    expect(await stand.handledOf('C-6')).toEqual(['PAY-1', 'PAY-2', 'W-1']);
    expect(await stand.parkedOf('C-6')).toEqual([]);
  });
});
