import { amountProblem, isCurrency } from '@ordergate/money';
import { IsString, Matches } from 'class-validator';
import { constraint, declareField, type FieldOptions } from './declare-field.ts';

/** Which numbers a decimal field takes: all, 0 and above, or only above 0. */
export type Sign = 'any' | 'not-negative' | 'positive';

const prefix: Record<Sign, string> = { any: '-?', 'not-negative': '', positive: '(?=.*[1-9])' };
const signProblem: Record<Sign, string> = {
  any: '',
  'not-negative': 'must not be negative',
  positive: 'must be more than 0',
};
const string = IsString({ message: 'must be a string' });

/** A rate, quantity or percentage as a decimal string: at most 15 integer and 8 fraction digits. */
export function Decimal(sign: Sign, options: FieldOptions = {}): PropertyDecorator {
  const pattern = new RegExp(`^${prefix[sign]}[0-9]{1,15}(\\.[0-9]{1,8})?$`);
  return declareField(
    {
      schema: { type: 'string', pattern: pattern.source },
      accepts: (value) => typeof value === 'string' && pattern.test(value),
    },
    options,
    [
      string,
      Matches(pattern, {
        message: `must be a decimal string like "1.0842"${sign === 'any' ? '' : ` and ${signProblem[sign]}`}`,
      }),
    ],
  );
}

/** The amount of money whose currency stands in the field `currency` beside it. */
export function Amount(sign: Sign, options: FieldOptions = {}): PropertyDecorator {
  return declareField(
    {
      schema: { type: 'string', pattern: `^${prefix[sign]}[0-9]{1,15}(\\.[0-9]{1,4})?$` },
      accepts: (value, owner) => typeof value === 'string' && problemOf(value, owner.currency, sign) === null,
    },
    options,
    [
      string,
      constraint('amount', (value, owner) => (typeof value === 'string' ? problemOf(value, owner.currency, sign) : '')),
    ],
  );
}

function problemOf(amount: string, currency: unknown, sign: Sign): string | null {
  // An unknown currency is named at its own field; how many digits it would have had nobody can say.
  const problem = typeof currency === 'string' && isCurrency(currency) ? amountProblem(amount, currency) : null;
  if (problem !== null || sign === 'any') return problem;
  if (amount.charCodeAt(0) === 45 || (sign === 'positive' && !/[1-9]/.test(amount))) return signProblem[sign];
  return null;
}
