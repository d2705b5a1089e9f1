import { describe, expect, it } from '@jest/globals';
import { amountInWords, percentile } from './summary.ts';

describe('figures of a summary', () => {
  it.each([
    { percent: 50, is: 5 },
    { percent: 95, is: 10 },
    { percent: 99, is: 10 },
    { percent: 10, is: 1 },
  ])('the $percent th of 1 to 10 is $is, by nearest rank', ({ percent, is }) => {
    expect(percentile([10, 1, 9, 2, 8, 3, 7, 4, 6, 5], percent)).toBe(is);
  });

  it.each([
    { minor: 123456789n, currency: 'USD', text: '1,234,567.89 USD' },
    { minor: 0n, currency: 'USD', text: '0.00 USD' },
    { minor: -5n, currency: 'EUR', text: '-0.05 EUR' },
    { minor: 1000n, currency: 'JPY', text: '1,000 JPY' },
    { minor: 1234567n, currency: 'KWD', text: '1,234.567 KWD' },
  ])('$minor minor units are $text', ({ minor, currency, text }) => expect(amountInWords(minor, currency)).toBe(text));
});
