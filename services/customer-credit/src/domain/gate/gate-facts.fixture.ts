import { noExposure, type Exposure } from '../account/exposure.ts';
import type { KnownAccountFacts } from './rule.ts';

interface Differences {
  account?: Partial<KnownAccountFacts['account']>;
  exposure?: Partial<Exposure>;
  order?: Partial<KnownAccountFacts['order']>;
  parameters?: KnownAccountFacts['parameters'];
}

/** An order of 100.00 EUR on an account that owes nothing, has a limit of 1,000.00 EUR and passes every rule; say what differs. */
export function gateFacts({ account, exposure, order, parameters = {} }: Differences = {}): KnownAccountFacts {
  return {
    account: {
      currency: 'EUR',
      limit: { kind: 'amount', minor: 1_000_00n },
      blocks: [],
      exposure: { ...noExposure, ...exposure },
      hasUnconverted: false,
      openItems: { overdue: 0n, open: 0n, oldestOverdueDays: 0 },
      ...account,
    },
    order: { total: 100_00n, adds: 100_00n, currency: 'EUR', prepaid: false, ...order },
    parameters,
    businessDay: '2026-11-21',
  };
}
