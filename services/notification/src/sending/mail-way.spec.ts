import { describe, expect, it } from '@jest/globals';
import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mailSettings } from './mail-settings.ts';
import { mailWay } from './mail-way.ts';
import { composeMail } from './mail.ts';

const written = (isPossibleRepeat = false) =>
  composeMail(
    {
      notificationId: 'n-1',
      from: 'Gate <gate@ordergate.example>',
      to: { name: 'Ayşe', address: 'ayse@example.com' },
      isPossibleRepeat,
    },
    { subject: 'Sipariş', text: 'text', html: '<p>html</p>' },
  );

describe('without an SMTP server', () => {
  it('mails are files in a folder, and a repetition replaces the first', async () => {
    const mailDir = join(await mkdtemp(join(tmpdir(), 'ordergate-mail-')), 'made', 'when-needed');
    const way = mailWay(mailSettings({ ORDERGATE_MAIL_DIR: mailDir }));
    expect(way.description).toContain(mailDir);
    expect(await way.send(await written())).toEqual({ outcome: 'sent' });
    expect(await way.send(await written(true))).toEqual({ outcome: 'sent' });
    expect(await readdir(mailDir)).toEqual(['n-1.eml']);
    const mail = await readFile(join(mailDir, 'n-1.eml'), 'utf8');
    expect(mail).toContain('Message-ID: <n-1@ordergate.example>');
    expect(mail).toContain('X-Ordergate-Possible-Repeat: yes');
  });

  it('a folder that cannot be written is tried again later', async () => {
    const way = mailWay(mailSettings({ ORDERGATE_MAIL_DIR: '/dev/null/mails' }));
    expect(await way.send(await written())).toMatchObject({
      outcome: 'not-taken',
      because: expect.stringMatching(/ENOTDIR/),
    });
  });

  it('nor a folder, notifications are only recorded, and that is said', async () => {
    const way = mailWay(mailSettings({}));
    expect(way.description).toMatch(/^No mail is sent.*SMTP_URL/);
    expect(await way.send(await written())).toEqual({ outcome: 'recorded' });
  });
});

describe('with an SMTP server', () => {
  it('that nobody runs, the mail was certainly not taken', async () => {
    const way = mailWay(mailSettings({ SMTP_URL: 'smtp://127.0.0.1:1' }));
    expect(await way.send(await written())).toMatchObject({
      outcome: 'not-taken',
      because: expect.stringMatching(/ECONNREFUSED/),
    });
  });
});

it.each([
  { env: { SMTP_URL: 'mail.example.com' }, problem: /SMTP_URL/ },
  { env: { ORDERGATE_MAIL_ATTEMPTS: '0' }, problem: /ORDERGATE_MAIL_ATTEMPTS/ },
  { env: { ORDERGATE_MAIL_ATTEMPTS: 'many' }, problem: /ORDERGATE_MAIL_ATTEMPTS/ },
])('settings that make no sense are refused by name: $env', ({ env, problem }) => {
  expect(() => mailSettings(env)).toThrow(problem);
});
