import { describe, expect, it } from '@jest/globals';
import { declineReasonCodes, reasonCodes } from '@ordergate/contracts';
import type { HoldFacts } from '../store/notification.store.ts';
import { renderMail, type MailContent } from './render-mail.ts';
import { reasonTextsOf, templateLanguage, templateLanguages, templateNames, templateOf } from './templates.ts';

const overLimit = {
  code: 'credit-limit-exceeded',
  message: 'Exposure exceeds the limit',
  measured: '15620.00',
  threshold: '10000.00',
  unit: 'EUR',
};
const tooOld = { code: 'oldest-open-item', message: 'Too old', measured: '45', threshold: '30', unit: 'days' };
const facts: HoldFacts = {
  decisionId: 'd-1',
  orderId: 'SO-1001',
  customerId: 'C-42',
  decidedAt: '2026-11-21T22:30:00Z',
  businessDay: '2026-11-21',
  total: { amount: '12500.00', currency: 'EUR' },
  available: { amount: '6880.00', currency: 'EUR' },
  reasons: [overLimit, tooOld],
};
const content: MailContent = {
  facts,
  customerName: 'Yıldız Gıda A.Ş.',
  recipientName: 'Ayşe',
  timeZone: 'Europe/Istanbul',
};
const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');
const written = (language: string, change: Partial<MailContent> = {}) => {
  const { subject, text, html } = renderMail('order-held', language, { ...content, ...change });
  return { subject: plain(subject), text: plain(text), html: plain(html) };
};

describe('the mail of a held order', () => {
  it.each([
    {
      language: 'en',
      subject: 'Order SO-1001 of Yıldız Gıda A.Ş. is held: credit limit exceeded and oldest item too old',
      says: [
        'Hello Ayşe',
        '€12,500.00',
        '€15,620.00',
        '€10,000.00',
        '45 days',
        '30 days',
        'November 22, 2026 at 1:30 AM',
      ],
    },
    {
      language: 'de',
      subject:
        'Auftrag SO-1001 von Yıldız Gıda A.Ş. ist angehalten: Kreditlimit überschritten und ältester Posten zu alt',
      says: [
        'Guten Tag Ayşe',
        '12.500,00 €',
        '15.620,00 €',
        '10.000,00 €',
        '45 Tage',
        '30 Tage',
        '22. November 2026 um 01:30',
      ],
    },
    {
      language: 'tr',
      subject:
        'Yıldız Gıda A.Ş. firmasının SO-1001 numaralı siparişi bekletiliyor: kredi limiti aşılıyor ve en eski alacak çok gecikmiş',
      says: ['Merhaba Ayşe', '€12.500,00', '€15.620,00', '€10.000,00', '45 gün', '30 gün', '22 Kasım 2026'],
    },
  ])('names order, customer and every reason with its figures in $language', ({ language, subject, says }) => {
    const mail = written(language);
    expect(mail.subject).toBe(subject);
    for (const words of says) {
      expect(mail.text).toContain(words);
      expect(mail.html).toContain(words);
    }
    expect(mail.text + mail.html).not.toMatch(/\{\{|undefined|null/);
  });

  it('says what it knows while customer, recipient and figures are unknown', () => {
    const { total: _total, available: _available, ...rest } = facts;
    const unknown = { code: 'unknown-customer', message: 'No account' };
    const mail = written('en', { customerName: null, recipientName: null, facts: { ...rest, reasons: [unknown] } });
    expect(mail.subject).toBe('Order SO-1001 of C-42 is held: customer unknown');
    expect(mail.text).toMatch(/^Hello,\n\norder SO-1001 of C-42 is held/);
    expect(mail.text).toContain('- There is no credit account for this customer.');
    expect(mail.text + mail.html).not.toMatch(/undefined|null|Available/);
  });

  it('lets a rule of the policy speak for itself', () => {
    const custom = { code: 'custom:winter-stop', message: 'No deliveries to the north in winter' };
    const mail = written('de', { facts: { ...facts, reasons: [custom] } });
    expect(mail.subject).toMatch(/: winter-stop$/);
    expect(mail.text).toContain('- No deliveries to the north in winter');
  });

  it('makes no sentence with holes when a rule gives no figures', () => {
    const { measured: _measured, threshold: _threshold, ...bare } = overLimit;
    expect(written('en', { facts: { ...facts, reasons: [bare] } }).text).toContain('- Credit limit exceeded.');
  });

  it('shortens a subject with many reasons, names them all in the text', () => {
    const reasons = [overLimit, tooOld, { code: 'account-blocked', message: '' }, { code: 'forced-hold', message: '' }];
    const mail = written('en', { facts: { ...facts, reasons } });
    expect(mail.subject).toMatch(/credit limit exceeded, oldest item too old, account blocked …$/);
    expect(mail.text.match(/^- /gm)).toHaveLength(4);
  });

  it('lets no name break out of subject or HTML', () => {
    const mail = written('en', { customerName: 'A & B\r\nBcc: x@example.com <script>' });
    expect(mail.subject).not.toMatch(/[\r\n]/);
    expect(mail.html).toContain('A &amp; B');
    expect(mail.html).not.toContain('<script>');
    expect(mail.text).toContain('A & B');
  });
});

describe('the mail of a hold that has expired', () => {
  const expired = { code: 'hold-expired', message: 'Held since', measured: '61', threshold: '60', unit: 'days' };
  const mailIn = (language: string) => {
    const about = { ...content, facts: { ...facts, reasons: [overLimit, expired] } };
    const { subject, text, html } = renderMail('hold-expired', language, about);
    return { subject: plain(subject), text: plain(text), html: plain(html) };
  };

  it.each([
    {
      language: 'en',
      subject: 'Order SO-1001 of Yıldız Gıda A.Ş. is declined: nobody has answered its hold',
      says: ['Hello Ayşe', 'will not ship', '€12,500.00', '€15,620.00', 'Nobody has answered for 61 days', '60 days'],
    },
    {
      language: 'de',
      subject: 'Auftrag SO-1001 von Yıldız Gıda A.Ş. ist abgelehnt: niemand hat rechtzeitig entschieden',
      says: ['Guten Tag Ayşe', 'wird nicht ausgeliefert', '12.500,00 €', '61 Tage ohne Antwort', '60 Tage'],
    },
    {
      language: 'tr',
      subject: 'Yıldız Gıda A.Ş. firmasının SO-1001 numaralı siparişi reddedildi: süresi içinde kimse yanıt vermedi',
      says: ['Merhaba Ayşe', 'sevk edilmeyecek', '€12.500,00', '61 gün boyunca', '60 gün'],
    },
  ])('says in $language that the order will not ship, what held it and for how long', ({ language, subject, says }) => {
    const mail = mailIn(language);
    expect(mail.subject).toBe(subject);
    for (const words of says) {
      expect(mail.text).toContain(words);
      expect(mail.html).toContain(words);
    }
    expect(mail.text + mail.html).not.toMatch(/\{\{|undefined|null/);
  });
});

describe('languages', () => {
  it.each(templateNames)('all have the mail %s', (name) => {
    for (const language of templateLanguages) expect(() => templateOf(name, language)).not.toThrow();
  });

  it('are English, German and Turkish at least, and each has words for every rule of the gate and for a hold that has expired', () => {
    expect(templateLanguages).toEqual(expect.arrayContaining(['de', 'en', 'tr']));
    for (const language of templateLanguages)
      expect([...reasonTextsOf(language).keys()].sort()).toEqual([...reasonCodes, ...declineReasonCodes].sort());
  });

  it.each([
    { wanted: 'tr', got: 'tr' },
    { wanted: 'tr-TR', got: 'tr' },
    { wanted: 'DE', got: 'de' },
    { wanted: 'fi', got: 'en' },
    { wanted: '../en', got: 'en' },
  ])('who wants $wanted gets $got', ({ wanted, got }) => {
    expect(templateLanguage(wanted)).toBe(got);
  });

  it('refuse a template that nobody wrote', () => {
    expect(() => renderMail('order-lost', 'en', content)).toThrow(/order-lost/);
  });
});
