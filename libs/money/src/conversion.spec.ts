import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { add, compare, compareDecimals, convert, divideHalfEven, larger, money, percentOf, subtract } from './index.ts';

describe('a conversion at a rate', () => {
  it.each([
    { minor: 10000n, from: 'USD', to: 'EUR', rate: '0.92', into: 9200n, because: 'cents to cents' },
    { minor: 10000n, from: 'USD', to: 'JPY', rate: '151.37', into: 15137n, because: 'cents to whole yen' },
    { minor: 15137n, from: 'JPY', to: 'USD', rate: '0.0066', into: 9990n, because: '99.9042 rounds down' },
    { minor: 100n, from: 'KWD', to: 'EUR', rate: '3', into: 30n, because: '100 fils are a tenth of a dinar' },
    { minor: 5n, from: 'EUR', to: 'USD', rate: '0.5', into: 2n, because: 'a tie goes to the even cent below' },
    { minor: 7n, from: 'EUR', to: 'USD', rate: '0.5', into: 4n, because: 'a tie goes to the even cent above' },
    { minor: -5n, from: 'EUR', to: 'USD', rate: '0.5', into: -2n, because: 'a negative tie goes to the even cent too' },
    { minor: 123n, from: 'EUR', to: 'EUR', rate: '1', into: 123n, because: 'nothing is converted' },
  ])('$minor $from at $rate is $into $to, since $because', ({ minor, from, to, rate, into }) => {
    expect(convert(minor, from, to, rate)).toBe(into);
  });

  it('is never further from the exact value than half a minor unit', () => {
    const numbers = fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n });
    fc.assert(
      fc.property(numbers, fc.bigInt({ min: 1n, max: 10n ** 9n }), (numerator, denominator) => {
        const rest = 2n * (numerator - divideHalfEven(numerator, denominator) * denominator);
        expect(rest <= denominator && rest >= -denominator).toBe(true);
      }),
    );
  });

  it('refuses a rate that is no decimal number', () => {
    expect(() => convert(1n, 'EUR', 'USD', '1e3')).toThrow('is not a decimal number');
  });
});

describe('money', () => {
  const [five, seven] = [money('5', 'EUR'), money('7', 'EUR')];

  it('adds, subtracts and compares within one currency', () => {
    expect(add(five, seven)).toEqual(money('12.00', 'EUR'));
    expect(subtract(five, seven)).toEqual(money('-2', 'EUR'));
    expect(compare(five, seven)).toBe(-1);
    expect(larger(five, seven)).toEqual(seven);
  });

  it('does not mix currencies', () => expect(() => add(five, money('5', 'USD'))).toThrow('EUR and USD do not mix'));

  it.each([
    { percent: '10', of: 12345n, is: 1234n, because: '1234.5 is a tie, 1234 is even' },
    { percent: '12.5', of: 1000n, is: 125n, because: 'it comes out even' },
  ])('$percent % of $of is $is, since $because', ({ percent, of, is }) => expect(percentOf(of, percent)).toBe(is));

  it('compares decimals by value, not by text', () => {
    expect(compareDecimals('1.50', '1.5')).toBe(0);
    expect(compareDecimals('10', '9.99')).toBe(1);
  });
});
