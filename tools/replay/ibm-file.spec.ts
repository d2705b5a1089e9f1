import { describe, expect, it } from '@jest/globals';
import { fileURLToPath } from 'node:url';
import { readPlan } from './read-plan.ts';

const pathOf = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

describe("IBM's receivables", () => {
  const plan = readPlan(pathOf('../../data/ibm-accounts-receivable.csv'), pathOf('./ibm-accounts-receivable.yaml'));
  const messages = plan.days.flatMap(({ steps }) => steps.flat());
  const count = (type: string): number => messages.filter((message) => message.type === `${type}.v1`).length;

  it('are 2,466 orders of 100 customers with their invoices and payments, on every calendar day of two years', () => {
    expect({
      days: [plan.days[0]?.day, plan.days.at(-1)?.day, plan.days.length],
      customers: count('CustomerRegistered'),
      orders: count('OrderPlaced'),
      invoices: count('InvoicePosted'),
      payments: count('PaymentReceived'),
    }).toEqual({
      days: ['2012-01-03', '2014-01-09', 738],
      customers: 100,
      orders: 2466,
      invoices: 2466,
      payments: 2466,
    });
  });

  it('hold 561 disputed invoices, of which those paid before their due day never show a dispute', () => {
    const isSeen = plan.rows.filter(({ isDisputed, settledOn, dueOn }) => isDisputed && settledOn! >= dueOn);
    expect(plan.rows.filter(({ isDisputed }) => isDisputed)).toHaveLength(561);
    expect([count('DisputeOpened'), count('DisputeResolved')]).toEqual([isSeen.length, isSeen.length]);
  });

  it('give every customer a limit above zero', () => {
    expect([...plan.limits.values()].filter((limit) => limit <= 0n)).toEqual([]);
  });
});
