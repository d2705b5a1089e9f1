import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  amountProblem,
  currencies,
  formatMinor,
  formatMoney,
  fractionDigits,
  isCurrency,
  minorOf,
  parseMoney,
} from './index.ts';

describe('an amount on the wire', () => {
  it.each([
    { amount: '1234.50', currency: 'EUR', minor: 123450n, because: 'all digits are there' },
    { amount: '1234.5', currency: 'EUR', minor: 123450n, because: 'missing digits are zeros' },
    { amount: '1234', currency: 'EUR', minor: 123400n, because: 'no digits are zeros too' },
    { amount: '100', currency: 'JPY', minor: 100n, because: 'the yen has no minor unit' },
    { amount: '1.234', currency: 'KWD', minor: 1234n, because: 'the dinar has 1000 fils' },
    { amount: '-0.05', currency: 'EUR', minor: -5n, because: 'available credit may be negative' },
    {
      amount: '999999999999999.99',
      currency: 'EUR',
      minor: 99999999999999999n,
      because: '15 integer digits still fit, beyond 2^53',
    },
    { amount: '0012.5', currency: 'EUR', minor: 1250n, because: 'padding zeros change nothing' },
  ])('$amount $currency is $minor, since $because', ({ amount, currency, minor }) => {
    expect(amountProblem(amount, currency)).toBeNull();
    expect(minorOf(amount, currency)).toBe(minor);
  });

  it.each([
    { amount: '1.234', currency: 'EUR', problem: 'must have at most 2 fraction digits for EUR' },
    { amount: '1.0', currency: 'JPY', problem: 'must have no fraction digits for JPY' },
    { amount: '1000000000000000', currency: 'EUR', problem: 'must have at most 15 integer digits' },
    { amount: '1.00', currency: 'EURO', problem: 'must be an amount of a known currency' },
    ...['', '-', '.', '5.', '.5', '1,5', '1e3', '+1', ' 1', '1 ', '--1', '1.2.3', '٣', 'NaN', '0x1F', '1\u0000'].map(
      (amount) => ({
        amount,
        currency: 'EUR',
        problem: 'must be a decimal number like "1234.50"',
      }),
    ),
  ])('"$amount" $currency is refused: $problem', ({ amount, currency, problem }) => {
    expect(amountProblem(amount, currency)).toBe(problem);
    expect(() => minorOf(amount, currency)).toThrow(problem);
  });

  it('comes back as it was written, whatever the currency', () => {
    const minors = fc.bigInt({ min: -(10n ** 15n - 1n), max: 10n ** 15n - 1n });
    fc.assert(
      fc.property(minors, fc.constantFrom(...currencies), (minor, currency) => {
        expect(minorOf(formatMinor(minor, currency), currency)).toBe(minor);
        expect(parseMoney(formatMoney({ minor, currency }))).toEqual({ minor, currency });
      }),
    );
  });
});

describe('a currency', () => {
  it.each(['EUR', 'USD', 'TRY', 'JPY', 'KWD', 'XOF'])('%s is one', (code) => expect(isCurrency(code)).toBe(true));
  it.each(['eur', 'XXX', 'XAU', 'DEM', ''])('"%s" is none', (code) => {
    expect(isCurrency(code)).toBe(false);
    expect(() => fractionDigits(code)).toThrow('is not an ISO 4217 currency');
  });
});
