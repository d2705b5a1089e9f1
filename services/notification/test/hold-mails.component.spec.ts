import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { walkRoutes } from '@ordergate/identity';
import { proveRoutesAreClosed } from '@ordergate/http/testing';
import { parse, topicName } from '@ordergate/contracts';
import { eventually, readTopic, type TopicReader } from '@ordergate/testing';
import { startMailServer, type Answer, type MailServer } from './mail-server.fixture.ts';
import { ask, preparedWorld, startNotification, tell, type World } from './running-service.fixture.ts';

jest.setTimeout(90_000);

const example = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../../libs/contracts/src/messages/${name}.v1.json`, import.meta.url), 'utf8'));
const finance = 'finance@example.com';
const ayse = 'ayse@example.com';

let world: World;
let mails: MailServer;
let outcomes: TopicReader;
let service: Awaited<ReturnType<typeof startNotification>>;

const hold = (orderId: string, decisionId = `d-${orderId}`) => ({
  ...example('credit-decisions/order-held'),
  orderId,
  decisionId,
});
const held = (orderId: string, id = `m-${orderId}`, decisionId?: string) =>
  tell(world, 'credit-decisions', 'OrderHeld.v1', id, hold(orderId, decisionId));
const about = (orderId: string) => mails.received.filter(({ subject }) => subject!.includes(orderId));
const outcomesOf = (orderId: string) => outcomes.records.filter(({ value }) => value.orderId === orderId);
const recordsOf = async (orderId: string) =>
  (await ask(world, `${service.url}/v1/notifications?orderId=${orderId}`, 'auditor')).body.items;
const settled = (orderId: string, statuses: string[]) =>
  eventually(async () => {
    const items = await recordsOf(orderId);
    expect(items.map(({ status }: { status: string }) => status)).toEqual(statuses);
    return items;
  });

beforeAll(async () => {
  world = await preparedWorld('hold mails');
  mails = await startMailServer();
  service = await startNotification(world, { smtpUrl: mails.url, financeMail: finance });
  outcomes = await readTopic(topicName(world.topicPrefix, 'notifications'));
});

beforeEach(() => {
  mails.answer = () => 'accept';
});

afterAll(async () => {
  await service?.app.close();
  await outcomes?.stop();
  await mails?.stop();
  await world?.database.close();
});

describe('a held order', () => {
  it('is told once to finance, in its language, and the outcome is published', async () => {
    await held('SO-1');
    const [record] = await settled('SO-1', ['sent']);
    expect(about('SO-1')).toHaveLength(1);
    const [mail] = about('SO-1');
    expect(mail).toMatchObject({
      subject: 'Order SO-1 of C-42 is held: credit limit exceeded',
      messageId: `<${record.notificationId}@ordergate.example>`,
    });
    expect(mail!.text).toContain('€15,620.00');
    expect(mail!.html).toContain('€10,000.00');
    expect(mail!.headers.get('x-ordergate-possible-repeat')).toBeUndefined();
    expect(record).toMatchObject({ recipientId: 'finance', sentTo: finance, attempts: 1, possibleRepeat: false });

    const [outcome] = await outcomes.waitFor(1, ({ value }) => value.orderId === 'SO-1');
    expect(outcome).toMatchObject({
      key: 'finance',
      headers: { ce_type: 'NotificationSent.v1', ce_correlationid: 'SO-1' },
    });
    expect(parse('NotificationSent.v1', outcome!.value)).toMatchObject({ ok: true });
    expect(JSON.stringify(outcome!.value)).not.toContain('@');
  });

  it('is told to the customer’s representative too, once an address is known, in that language', async () => {
    const put = { name: 'Ayşe Kaya', email: ayse, language: 'tr' };
    expect(await ask(world, `${service.url}/v1/recipients/R-7`, 'ops', 'PUT', put)).toMatchObject({
      status: 200,
      body: { email: ayse, holds: 'every' },
    });
    const customer = {
      ...example('customers/customer-registered'),
      customerId: 'C-42',
      name: 'Yıldız Gıda A.Ş.',
      salesRepId: 'R-7',
    };
    await tell(world, 'customers', 'CustomerRegistered.v1', 'c-1', customer);
    await eventually(async () => expect(await world.database.query('select 1 from customer')).toHaveLength(1));

    await held('SO-2');
    await settled('SO-2', ['sent', 'sent']);
    expect(mails.to(ayse).map(({ subject }) => subject)).toEqual([
      'Yıldız Gıda A.Ş. firmasının SO-2 numaralı siparişi bekletiliyor: kredi limiti aşılıyor',
    ]);
    expect(about('SO-2')).toHaveLength(2);
  });

  it('stays one mail for each when the event comes again, also under another id', async () => {
    await held('SO-3');
    await held('SO-3');
    await held('SO-3', 'm-SO-3-resent');
    await held('SO-4');
    // SO-4 came after the repetitions, in the same partition.
    await settled('SO-4', ['sent', 'sent']);
    expect(await recordsOf('SO-3')).toHaveLength(2);
    expect(about('SO-3')).toHaveLength(2);
  });

  it('is not told to who does not want it', async () => {
    const url = `${service.url}/v1/recipients/R-7/preferences`;
    expect(await ask(world, url, 'credit-manager', 'PUT', { holds: 'none', language: 'de' })).toMatchObject({
      status: 200,
      body: { holds: 'none', language: 'de', email: ayse },
    });
    await held('SO-5');
    expect(await settled('SO-5', ['sent'])).toMatchObject([{ recipientId: 'finance' }]);
    expect(
      await ask(world, `${service.url}/v1/recipients/R-8/preferences`, 'ops', 'PUT', { holds: 'none' }),
    ).toMatchObject({ status: 404 });
  });
});

describe('an order that is declined', () => {
  const declined = (orderId: string, reasons: object[]) =>
    tell(world, 'credit-decisions', 'OrderDeclined.v1', `m-no-${orderId}`, {
      ...example('credit-decisions/order-declined'),
      ...{ orderId, decisionId: `d-no-${orderId}`, reasons },
    });
  const waited = { code: 'hold-expired', message: 'Held', measured: '61', threshold: '60', unit: 'days' };

  it('since nobody has answered its hold is told; what a person has declined is not', async () => {
    await held('SO-6');
    await settled('SO-6', ['sent']);
    await declined('SO-7', [{ code: 'credit-limit-exceeded', message: 'too much' }]);
    await declined('SO-6', [{ code: 'credit-limit-exceeded', message: 'too much' }, waited]);
    const [record] = await settled('SO-6', ['sent', 'sent']);
    expect(record).toMatchObject({ template: 'hold-expired', recipientId: 'finance' });
    expect(about('SO-6').map(({ subject }) => subject)).toEqual([
      'Order SO-6 of Yıldız Gıda A.Ş. is held: credit limit exceeded',
      'Order SO-6 of Yıldız Gıda A.Ş. is declined: nobody has answered its hold',
    ]);
    // SO-6 came after it, in the same partition.
    expect(await recordsOf('SO-7')).toEqual([]);
  });
});

describe('a mail server', () => {
  it('that is away for a while gets the mail once', async () => {
    await mails.stop();
    await held('SO-10');
    await eventually(async () =>
      expect((await recordsOf('SO-10'))[0]).toMatchObject({
        status: 'pending',
        problem: expect.stringContaining('ECONNREFUSED'),
      }),
    );
    await mails.start();
    const [record] = await settled('SO-10', ['sent']);
    expect(record).toMatchObject({ possibleRepeat: false });
    expect(record.attempts).toBeGreaterThan(1);
    expect(about('SO-10')).toHaveLength(1);
  });

  it('that refuses the recipient ends it, and the published reason holds no address', async () => {
    mails.answer = () => 'refuse';
    await held('SO-11');
    expect(await settled('SO-11', ['failed'])).toMatchObject([
      { attempts: 1, problem: expect.stringContaining('550') },
    ]);
    const [outcome] = await outcomes.waitFor(1, ({ value }) => value.orderId === 'SO-11');
    expect(outcome!.headers['ce_type']).toBe('NotificationFailed.v1');
    expect(parse('NotificationFailed.v1', outcome!.value)).toMatchObject({ ok: true });
    expect(outcome!.value.problem).toMatch(/550.*\(address\)/);
    expect(outcome!.value.problem).not.toContain('@');
  });

  it('whose answer is lost gets the mail once more, marked, with the same Message-ID', async () => {
    mails.answer = (mail) =>
      about('SO-12').length === 1 && mail.subject!.includes('SO-12') ? 'break-connection' : 'accept';
    await held('SO-12');
    expect(await settled('SO-12', ['sent'])).toMatchObject([{ possibleRepeat: true }]);
    const [first, second, ...more] = about('SO-12');
    expect(more).toEqual([]);
    expect(second!.messageId).toBe(first!.messageId);
    expect(first!.headers.get('x-ordergate-possible-repeat')).toBeUndefined();
    expect(second!.headers.get('x-ordergate-possible-repeat')).toBe('yes');
  });

  it('whose answer is lost twice is left alone', async () => {
    mails.answer = () => 'break-connection';
    await held('SO-13');
    expect(await settled('SO-13', ['failed'])).toMatchObject([{ problem: expect.stringContaining('lost twice') }]);
    expect(about('SO-13')).toHaveLength(2);
  });
});

describe('a process that ends between the server’s yes and its own commit', () => {
  it('leaves one repetition to the next process, marked, with the same Message-ID', async () => {
    mails.answer = async (): Promise<Answer> => {
      // From here on the sender can record nothing, as if it were dead.
      await world.database.query('alter table notification rename to notification_out_of_reach');
      return 'accept';
    };
    await held('SO-20');
    await eventually(() => expect(about('SO-20')).toHaveLength(1));
    await service.app.close();
    await world.database.query('alter table notification_out_of_reach rename to notification');
    expect(await world.database.query(`select status from notification where order_id = 'SO-20'`)).toEqual([
      { status: 'pending' },
    ]);

    mails.answer = () => 'accept';
    service = await startNotification(world, { smtpUrl: mails.url, financeMail: finance });
    expect(await settled('SO-20', ['sent'])).toMatchObject([{ possibleRepeat: true }]);
    const [first, second, ...more] = about('SO-20');
    expect(more).toEqual([]);
    expect(second!.messageId).toBe(first!.messageId);
    expect(second!.headers.get('x-ordergate-possible-repeat')).toBe('yes');
    await outcomes.waitFor(1, ({ value }) => value.orderId === 'SO-20');
  });

  it('leaves an outcome that was not published to the next process, under the same message id', async () => {
    await service.app.close();
    const [before] = outcomesOf('SO-20');
    await world.database.query(`update notification set told_at = null where order_id = 'SO-20'`);
    service = await startNotification(world, { smtpUrl: mails.url, financeMail: finance });
    const [, again] = await outcomes.waitFor(2, ({ value }) => value.orderId === 'SO-20');
    expect(again!.headers['ce_id']).toBe(before!.headers['ce_id']);
    expect(again!.raw).toEqual(before!.raw);
    expect(about('SO-20')).toHaveLength(2);
  });
});

describe('HTTP', () => {
  it('lists newest first, page by page, by status', async () => {
    const pageOf = (query: string) => ask(world, `${service.url}/v1/notifications?${query}`, 'credit-analyst');
    const all = (await pageOf('limit=200')).body.items;
    const first = (await pageOf('limit=3')).body;
    const second = (await pageOf(`limit=200&cursor=${first.next}`)).body;
    expect([...first.items, ...second.items]).toEqual(all);
    expect(all.map(({ createdAt }: { createdAt: string }) => createdAt)).toEqual(
      all
        .map(({ createdAt }: { createdAt: string }) => createdAt)
        .toSorted()
        .toReversed(),
    );
    const failed = (await pageOf('status=failed')).body.items;
    expect(failed.map(({ orderId }: { orderId: string }) => orderId).toSorted()).toEqual(['SO-11', 'SO-13']);
    expect((await pageOf('status=lost')).status).toBe(400);
  });

  it('shows a mail before it is sent, in any language', async () => {
    const url = `${service.url}/v1/templates/order-held/preview?language=de`;
    const { status, body } = await ask(world, url, 'auditor', 'POST', hold('SO-99'));
    expect(status).toBe(200);
    expect(body.subject).toBe('Auftrag SO-99 von Yıldız Gıda A.Ş. ist angehalten: Kreditlimit überschritten');
    expect(
      (await ask(world, `${service.url}/v1/templates/order-lost/preview`, 'auditor', 'POST', hold('SO-99'))).status,
    ).toBe(404);
    expect(about('SO-99')).toEqual([]);
  });

  it('is closed to who has no right', async () => {
    const { holes, requests } = await proveRoutesAreClosed(service.url, walkRoutes(service.app), world.issuer);
    expect(holes).toEqual([]);
    expect(requests).toBeGreaterThan(25);
    for (const role of ['auditor', 'credit-analyst'] as const) {
      expect(
        (await ask(world, `${service.url}/v1/recipients/R-7/preferences`, role, 'PUT', { holds: 'every' })).status,
      ).toBe(403);
    }
    expect(
      (await ask(world, `${service.url}/v1/recipients/R-7`, 'ops', 'PUT', { email: 'no address', language: 'tr' }))
        .status,
    ).toBe(400);
  });
});
