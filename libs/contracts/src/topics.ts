export interface TopicDefinition {
  readonly name: string;
  /** As created by default; topics keyed by customer must have the same number. */
  readonly partitions: number;
  /** Compacted: the last message of a key is kept for ever. */
  readonly compacted: boolean;
  readonly writtenBy: string;
  /** From Ordergate's point of view. Topics that its own HTTP API writes too count as read. */
  readonly direction: 'in' | 'out' | 'internal';
  readonly doc: string;
}

const perCustomer = { partitions: 12, compacted: false } as const;

export const topicDefinitions = [
  {
    ...perCustomer,
    name: 'customers',
    compacted: true,
    direction: 'in',
    writtenBy: 'ERP or CRM, HTTP API',
    doc: 'Master records of customers. A null value closes the account.',
  },
  {
    ...perCustomer,
    name: 'orders',
    direction: 'in',
    writtenBy: 'order systems, order service',
    doc: 'What customers order, change, call off, and what leaves the warehouse.',
  },
  {
    ...perCustomer,
    name: 'credit-decisions',
    direction: 'out',
    writtenBy: 'customer-credit',
    doc: 'The answers of the gate, with every reason and the figures they rest on.',
  },
  {
    ...perCustomer,
    name: 'credit-holds',
    compacted: true,
    direction: 'out',
    writtenBy: 'customer-credit',
    doc: 'The hold of every held order as it stands now: finance’s work-list.',
  },
  {
    ...perCustomer,
    name: 'credit-accounts',
    direction: 'out',
    writtenBy: 'customer-credit',
    doc: 'What happens to credit accounts: limits, blocks, risk classes, collateral, alerts.',
  },
  {
    ...perCustomer,
    name: 'receivables',
    direction: 'in',
    writtenBy: 'accounting system, HTTP API',
    doc: 'Invoices, payments, instruments, disputes: what customers owe and what they paid.',
  },
  {
    ...perCustomer,
    name: 'collections',
    direction: 'out',
    writtenBy: 'collections',
    doc: 'How customers pay, and what is done about it.',
  },
  {
    name: 'notifications',
    partitions: 6,
    compacted: false,
    direction: 'out',
    writtenBy: 'notification',
    doc: 'What was sent to people, and what could not be. Ids only, no addresses.',
  },
  {
    ...perCustomer,
    name: 'credit-commands',
    direction: 'internal',
    writtenBy: 'customer-credit',
    doc: 'What people and calendars want done to an account; not for others.',
  },
  {
    ...perCustomer,
    name: 'collection-commands',
    direction: 'internal',
    writtenBy: 'collections',
    doc: 'What collectors and calendars want done about a customer; not for others.',
  },
  {
    name: 'policies',
    partitions: 1,
    compacted: true,
    direction: 'out',
    writtenBy: 'customer-credit',
    doc: 'The versions of the policy that were activated.',
  },
  {
    name: 'business-days',
    partitions: 1,
    compacted: false,
    direction: 'in',
    writtenBy: 'the scheduler of customer-credit, or an operator',
    doc: 'The calendar of the company.',
  },
] as const satisfies readonly TopicDefinition[];

export type Topic = (typeof topicDefinitions)[number]['name'];

/** The topics of Ordergate, without prefix. */
export const topics: readonly Topic[] = topicDefinitions.map(({ name }) => name);

/** The name on the broker: ("ordergate.", "orders") → "ordergate.orders". */
export const topicName = (prefix: string, topic: string): string => `${prefix}${topic}`;
