import { projectRoot } from '@ordergate/local-infra';
import { addDays } from '@ordergate/money';
import { join } from 'node:path';
import { customerCount, customerIdOf } from '../load/orders.ts';
import { businessDay } from './customers.ts';
import type { OurArm, Running } from './ours.ts';
import { oneRow } from './one-row.ts';
import type { Told } from './tell.ts';

const eur = (amount: string) => ({ amount, currency: 'EUR' });
const allCustomers = Array.from({ length: customerCount }, (_, customer) => customer);

/** The riskiest class that still buys on credit: every rule of the policy is on for it, and all that it owes is secured. */
const isCareful = (customer: number): boolean => customer % 50 === 7;
const isOverdue = (customer: number): boolean => customer % 4 === 0;
const paysLate = (customer: number): boolean => customer % 5 === 0;
/** Two names of one buyer. */
const isLinked = (customer: number): boolean => customer % 20 < 2;

/**
 * The gate under the policy that we ship, and customers of whom there is something to know: each owes an invoice, a quarter
 * has one overdue, a fifth has paid late before, some are reminded, some are linked to another. Nearly all of them pass.
 */
export const fullPolicy: OurArm = {
  name: 'full-policy',
  policyFile: join(projectRoot, 'policies', 'distributor.yaml'),
  facts: {
    record: (customer) => ({
      riskClass: isCareful(customer) ? 'D' : ['A', 'B', 'B', 'B', 'C'][customer % 5],
      taxId: `IE${isLinked(customer) ? customer - (customer % 20) : customer}T`,
      email: `office@customer-${customer}.example`,
    }),
    invoices: (customer) => [
      invoice(customer, 'current', '1250.00', 20),
      ...(isOverdue(customer) ? [invoice(customer, 'forgotten', '300.00', -12)] : []),
    ],
    standing,
  },
  furnish: async (http) => {
    const careful = allCustomers.filter(isCareful).map((customer) => `/v1/credit-accounts/${customerIdOf(customer)}`);
    const guarantee = { kind: 'guarantee', value: eur('9000000000.00'), validUntil: '2027-12-31' };
    await http.askAll(
      'POST',
      careful.map((account) => [`${account}/collateral`, guarantee]),
    );
    const limit = { kind: 'amount', amount: eur('9000000000.00') };
    const reviewed = { limit, reviewOn: '2027-06-30', reason: 'yearly review' };
    await http.askAll(
      'PUT',
      careful.map((account) => [`${account}/limit`, reviewed]),
    );
  },
  prove: async (running) => {
    await expectEveryRuleAsked(running);
    return [];
  },
};

function invoice(customer: number, name: string, amount: string, dueInDays: number): Told {
  const customerId = customerIdOf(customer);
  const invoiceId = `I-${customerId}-${name}`;
  const [issuedOn, dueOn] = [addDays(businessDay, -60), addDays(businessDay, dueInDays)];
  return {
    id: invoiceId,
    type: 'InvoicePosted.v1',
    data: { invoiceId, customerId, total: eur(amount), issuedOn, dueOn },
  };
}

function standing(customer: number): Told {
  const customerId = customerIdOf(customer);
  const overdue = isOverdue(customer);
  const paid = [
    { paidOn: addDays(businessDay, -40), daysLate: 0, amount: eur('4000.00') },
    { paidOn: addDays(businessDay, -25), daysLate: 6, amount: eur('6000.00') },
    ...(paysLate(customer) ? [{ paidOn: addDays(businessDay, -90), daysLate: 20, amount: eur('2000.00') }] : []),
  ];
  const data = {
    ...{ customerId, businessDay, overdue: eur(overdue ? '300.00' : '0.00'), oldestOverdueDays: overdue ? 12 : 0 },
    ...{ disputed: eur('0.00'), dunningLevel: overdue ? 1 : 0, weightedDaysLate: '4.33', score: 81 },
    ...{ ageing: [{ bucket: 'not-due', amount: eur('1250.00') }], windowDays: 365, paid },
  };
  return { id: `standing-${customerId}`, type: 'CustomerStandingChanged.v1', data };
}

/** An approval of a careful customer names every rule as passed. @throws Error when some rule is not asked */
async function expectEveryRuleAsked({ http, databaseUrl }: Running): Promise<void> {
  const { id } = await oneRow<{ id: string }>(
    databaseUrl,
    `select decision_id as id from decision join credit_account using (customer_id)
     where risk_class = 'D' and outcome = 'approved' order by decided_at desc limit 1`,
  );
  const { rules } = await http.ask<{ rules: { rule: string; verdict: string }[] }>('GET', `/v1/decisions/${id}`);
  const notAsked = rules.filter(({ verdict }) => verdict !== 'passed').map(({ rule }) => rule);
  if (notAsked.length > 0) throw new Error(`The full policy did not ask ${notAsked.join(', ')} of decision ${id}.`);
}
