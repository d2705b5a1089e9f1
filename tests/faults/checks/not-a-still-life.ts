import { check } from './check.ts';

/** A run in which nothing happened proves nothing. */
export const notAStillLife = check<'records' | 'decisions' | 'ledger'>(
  'not-a-still-life',
  'the run had approvals, holds, releases by rule and by people, declines, holds for credit groups, shipments, invoices, payments and changed limits in it',
  ({ records, decisions, ledger }) => {
    const types = new Set(records.map(({ type }) => type));
    const outcomes = new Set<string>(decisions.map(({ outcome }) => outcome));
    return [
      ...['approved', 'held', 'released', 'declined']
        .filter((outcome) => !outcomes.has(outcome))
        .map((outcome) => `no order was ${outcome}`),
      ...(decisions.some(({ reasons }) => reasons.split(' ').includes('group-limit-exceeded'))
        ? []
        : ['no order was held for a credit group']),
      ...['policy', 'user:']
        .filter(
          (by) => !decisions.some(({ outcome, decided_by }) => outcome === 'released' && decided_by.startsWith(by)),
        )
        .map((by) => `no order was released by ${by}`),
      ...[
        'OrderAmended.v1',
        'OrderCancelled.v1',
        'OrderShipped.v1',
        'ShipmentAuthorized.v1',
        'ShipmentRefused.v1',
        'RiskAlertRaised.v1',
        'InvoicePosted.v1',
        'PaymentReceived.v1',
        'CreditLimitChanged.v1',
      ]
        .filter((type) => !types.has(type))
        .map((type) => `there is no ${type} on any topic`),
      ...(ledger.length > 0 ? [] : ['no exposure has ever moved']),
    ];
  },
);
