import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { v5 } from 'uuid';
import { decisionIdOf } from './decision-id.ts';

it('A decision’s id is the UUIDv5 of its customer, a space and its seq', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 64 }),
      fc.bigInt({ min: 1n, max: 2n ** 63n - 1n }),
      (customerId, seq) => {
        const id = v5(Buffer.from(`${customerId} ${seq}`), '6f2d7a0e-53c5-5d7e-8a3f-0d6b7a5f1c42');
        expect(decisionIdOf(customerId, seq)).toBe(id);
      },
    ),
  );
});
