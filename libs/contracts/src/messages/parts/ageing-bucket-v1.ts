import { MoneyField, SignedMoneyV1 } from '../../fields/money-fields.ts';
import { Identifier } from '../../fields/scalar-fields.ts';

/** What is open in one bucket of the ageing. */
export class AgeingBucketV1 {
  @Identifier({ meaning: '`not-due`, `1-30`, `31-60`, `61-90`, `over-90` unless configured otherwise' })
  bucket!: string;
  @MoneyField({ sign: 'any', meaning: 'What is open in it' })
  amount!: SignedMoneyV1;
}
