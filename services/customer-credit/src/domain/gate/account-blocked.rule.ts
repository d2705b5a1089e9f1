import type { Rule } from './rule.ts';

/** The account is blocked by a person or by its master record. Carries the reason of the first block. */
export const accountBlockedRule: Rule = ({ account }) => {
  const [block] = account.blocks;
  if (!block) return null;

  return { code: 'account-blocked', message: `The account is blocked (${block.kind}): ${block.reason}` };
};
