import { describe, expect, it } from '@jest/globals';
import { technicalError } from './technical-error.rule.ts';

describe('technical-error', () => {
  it('carries the explanation, cut to what a reader can take', () => {
    expect(technicalError('total.amount must be a decimal number')).toEqual({
      code: 'technical-error',
      message: 'total.amount must be a decimal number',
    });
    expect(technicalError('x'.repeat(1_000_000)).message).toHaveLength(400);
  });
});
