/** The topics of Ordergate, without prefix. */
export const topics = [
  'customers',
  'orders',
  'credit-decisions',
  'credit-holds',
  'credit-accounts',
  'receivables',
  'collections',
  'notifications',
  'credit-commands',
  'policies',
  'business-days',
] as const;
export type Topic = (typeof topics)[number];

/** The name on the broker: ("ordergate.", "orders") → "ordergate.orders". */
export const topicName = (prefix: string, topic: string): string => `${prefix}${topic}`;
