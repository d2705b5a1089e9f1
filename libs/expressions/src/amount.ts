import { fractionDigits, parseDecimal, tenToThe } from '@ordergate/money';

const digits = 4;

/** An amount of the account's currency inside an expression: exact, and never mixed up with a plain number. */
export class Amount {
  /** In ten-thousandths, which no currency is finer than. */
  readonly units: bigint;

  constructor(units: bigint) {
    this.units = units;
  }

  static ofMinor(minor: bigint, currency: string): Amount {
    return new Amount(minor * tenToThe(digits - fractionDigits(currency)));
  }

  /** Of a decimal text of at most 4 fraction digits. */
  static ofText(text: string): Amount {
    const { units, scale } = parseDecimal(text);
    return new Amount(units * tenToThe(digits - scale));
  }
}
