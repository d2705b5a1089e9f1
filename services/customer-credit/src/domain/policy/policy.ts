/** The versioned document that says which rules run with what parameters. Amounts are decimal strings in the account's currency. */
export interface Policy {
  version: string;
  rules: {
    'overdue-items'?: { days: number; amountMin: string; percentMin?: string };
    'oldest-open-item'?: { days: number };
    'order-value'?: { max: string };
  };
  approval: { tolerancePercent: string; validDays: number };
}

/** The policy's parameters for accounts of one currency: amounts in its minor units. */
export interface Parameters {
  overdueItems?: {
    days: number;
    amountMin: bigint;
    /** Hundredths of a percent of all open items. */ percentMin?: bigint;
  };
  oldestOpenItem?: { days: number };
  orderValue?: { max: bigint };
}

/** Rules with required parameters are off until they are named; the others are always on. */
export const barePolicy: Policy = {
  version: 'bare.1',
  rules: {},
  approval: { tolerancePercent: '0', validDays: 30 },
};
