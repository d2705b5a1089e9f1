import { describe, expect, it } from '@jest/globals';
import { gateFacts } from './gate-facts.fixture.ts';
import { screeningIncompleteRule } from './screening-incomplete.rule.ts';

describe('screening-incomplete', () => {
  it.each([
    { screening: 'passed', message: null, because: 'the customer is screened' },
    { screening: 'pending', message: 'The customer has not passed screening', because: 'screening is not finished' },
    { screening: 'failed', message: 'The customer has failed screening', because: 'it is finished badly' },
  ])('$screening: $message, since $because', ({ screening, message }) =>
    expect(screeningIncompleteRule(gateFacts({ account: { screening } }))?.message ?? null).toBe(message),
  );

  it('is asked of prepaid orders, too, and names what is there and what is wanted', () => {
    const facts = gateFacts({ account: { screening: 'pending' }, order: { prepaid: true, adds: 0n } });
    expect(screeningIncompleteRule(facts)).toMatchObject({ measured: 'pending', threshold: 'passed' });
  });
});
