import { describe, expect, it, jest } from '@jest/globals';
import { amountInWords, dayInWords, figureInWords, instantInWords, listInWords } from './in-words.ts';

/** Intl separates number and unit by no-break spaces of two widths. */
const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');

describe('amounts', () => {
  it.each([
    { amount: '12500.00', currency: 'EUR', language: 'en', written: '€12,500.00' },
    { amount: '12500.00', currency: 'EUR', language: 'de', written: '12.500,00 €' },
    { amount: '12500.00', currency: 'TRY', language: 'tr', written: '₺12.500,00' },
    { amount: '12500', currency: 'JPY', language: 'en', written: '¥12,500' },
    { amount: '1.250', currency: 'KWD', language: 'en', written: 'KWD 1.250' },
    { amount: '-0.50', currency: 'EUR', language: 'en', written: '-€0.50' },
    { amount: '999999999999999.99', currency: 'EUR', language: 'en', written: '€999,999,999,999,999.99' },
  ])('$amount $currency is $written in $language', ({ amount, currency, language, written }) => {
    expect(plain(amountInWords({ amount, currency }, language))).toBe(written);
  });
});

describe('figures of a rule', () => {
  it.each([
    { value: '13120.00', unit: 'EUR', language: 'de', written: '13.120,00 €' },
    { value: '1', unit: 'days', language: 'en', written: '1 day' },
    { value: '31', unit: 'days', language: 'en', written: '31 days' },
    { value: '31', unit: 'days', language: 'tr', written: '31 gün' },
    { value: '12.5', unit: '%', language: 'de', written: '12,5 %' },
    { value: '3', unit: undefined, language: 'en', written: '3' },
    { value: '3', unit: 'orders', language: 'en', written: '3 orders' },
    { value: '2026-11-01', unit: undefined, language: 'tr', written: '1 Kasım 2026' },
    { value: 'D', unit: undefined, language: 'en', written: 'D' },
  ])('$value $unit is "$written" in $language', ({ value, unit, language, written }) => {
    expect(plain(figureInWords(value, unit, language))).toBe(written);
  });
});

it('days and lists follow the language', () => {
  expect(dayInWords('2026-11-21', 'de')).toBe('21. November 2026');
  expect(listInWords(['a', 'b', 'c'], 'tr')).toBe('a, b ve c');
});

describe('formats', () => {
  it('are made once, however many mails are written', () => {
    const made = jest.spyOn(Intl, 'DateTimeFormat');
    for (let day = 10; day < 30; day += 1) instantInWords(`2026-11-${day}T10:00:00Z`, 'de', 'Europe/Vienna');
    expect(made).toHaveBeenCalledTimes(1);
    made.mockRestore();
  });
});
