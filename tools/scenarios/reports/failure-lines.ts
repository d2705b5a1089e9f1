import { stringify } from 'yaml';
import type { StoryResult } from '../run-stories.ts';

/** Where a story failed, what was expected, what came, and the decision's record. */
export function failureLines({ story, failure }: StoryResult): string[] {
  if (!failure) return [];
  return [
    `${story.file}:${failure.line}: ${failure.step}`,
    ...(failure.problem ? [failure.problem] : []),
    ...failure.mismatches.map(({ what, expected, came }) => `${what}: expected ${expected}, came ${came}`),
    ...failure.deadLetters.map((text) => `dead letter on ${text}`),
    ...(failure.decision ? ['the decision’s record:', ...recordLines(failure.decision)] : []),
  ];
}

const recordLines = (record: unknown): string[] =>
  stringify(withMoneyInWords(record), { lineWidth: 0 })
    .trimEnd()
    .split('\n')
    .map((line) => `  ${line}`);

/** `{ amount: 5.00, currency: EUR }` → 5.00 EUR, as stories write it. */
function withMoneyInWords(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withMoneyInWords);
  if (typeof value !== 'object' || value === null) return value;
  const { amount, currency } = value as { amount?: unknown; currency?: unknown };
  if (typeof amount === 'string' && typeof currency === 'string') return `${amount} ${currency}`;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withMoneyInWords(inner)]));
}
