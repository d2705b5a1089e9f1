import { noExposure, type Exposure } from '../account/exposure.ts';
import type { Parameters } from '../policy/parameters.ts';
import { barePolicy } from '../policy/policy.ts';
import { selectParameters } from '../policy/select-parameters.ts';
import { noStanding, nothingOpen } from './facts-record.ts';
import type { KnownAccountFacts } from './rule.ts';

interface Differences {
  account?: Partial<KnownAccountFacts['account']>;
  exposure?: Partial<Exposure>;
  order?: Partial<KnownAccountFacts['order']>;
  parameters?: Partial<Parameters>;
}

const subject = { currency: 'EUR', customerId: 'C-1', segment: null, riskClass: null, groups: [] };
export const bareParameters: Parameters = selectParameters(barePolicy, subject);

/** An order of 100.00 EUR on an account that owes nothing, has a limit of 1,000.00 EUR and passes every rule; say what differs. */
export function gateFacts({ account, exposure, order, parameters }: Differences = {}): KnownAccountFacts {
  return {
    account: {
      customerId: 'C-1',
      currency: 'EUR',
      limit: { kind: 'amount', minor: 1_000_00n },
      limitValidUntil: null,
      reviewOn: null,
      blocks: [],
      forcedHolds: [],
      screening: 'passed',
      riskClass: null,
      segment: null,
      paymentTermsDays: null,
      exposure: { ...noExposure, ...exposure },
      hasUnconverted: false,
      openItems: nothingOpen,
      secured: 0n,
      insuranceStopOn: null,
      standing: noStanding,
      segmentLimit: null,
      groups: [],
      ...account,
    },
    order: {
      total: 100_00n,
      adds: 100_00n,
      currency: 'EUR',
      prepaid: false,
      paymentMethod: 'open-account',
      paymentTermsDays: null,
      instrumentDueOn: null,
      placedOn: '2026-11-21',
      segment: null,
      salesRepId: null,
      discountPercent: 0n,
      demand: null,
      split: null,
      ...order,
    },
    parameters: { ...bareParameters, ...parameters },
    businessDay: '2026-11-21',
  };
}
