import type { Rule } from './rule.ts';

/** A customer is screened before the first credit: background, statements, references. Asked of prepaid orders, too. */
export const screeningIncompleteRule: Rule = ({ account: { screening } }) => {
  if (screening === 'passed') return null;

  const message =
    screening === 'failed' ? 'The customer has failed screening' : 'The customer has not passed screening';
  return { code: 'screening-incomplete', message, measured: screening, threshold: 'passed' };
};
