import { minorOf } from '@ordergate/money';
import { amountInWords, grouped } from '../replay/summary.ts';
import type { ExposureAnswer } from './accounts.ts';
import type { Services } from './services.ts';

/** "Exposure now": the sum over all accounts, beside what their limits allow. */
export function exposureLines(accounts: readonly ExposureAnswer[], lastDay: string): string {
  const currency = accounts[0]?.exposure.total.currency ?? 'USD';
  const exposure = accounts.reduce((sum, { exposure: { total } }) => sum + minorOf(total.amount, currency), 0n);
  const limits = accounts.reduce(
    (sum, { limit }) => sum + (limit.amount ? minorOf(limit.amount.amount, currency) : 0n),
    0n,
  );
  const owing = accounts.filter(({ exposure: { total } }) => minorOf(total.amount, currency) !== 0n).length;
  const because =
    owing === 0 ? ` (every invoice of the file was paid by ${lastDay})` : ` of ${grouped(owing)} customers`;

  return `Exposure   now ${amountInWords(exposure, currency)}${because}; the ${grouped(accounts.length)} limits come to ${amountInWords(limits, currency)}`;
}

/** Where to look next, and three commands that place an order and show it held. */
export function lookAround(
  services: Services,
  token: string,
  { customerId, limit }: ExposureAnswer,
  mailDir: string,
): string {
  const [order, credit] = [services.urlOf('order'), services.urlOf('customer-credit')];
  const { amount, currency } = limit.amount ?? { amount: '0.00', currency: 'USD' };
  const total = { amount: `${BigInt(amount.split('.')[0]!) + 1n}.00`, currency };
  const body = JSON.stringify({ orderId: 'MY-1', customerId, total });

  return `Look around
${services.all.map(({ name, url }) => `  ${name.padEnd(16)} ${url}/docs`).join('\n')}
  mails of holds   ${mailDir}
  topics           npm run consume -- credit-decisions

Place an order above the limit of ${customerId} (${amountInWords(minorOf(amount, currency), currency)}) and see it held:

TOKEN=${token}
curl -s -X POST '${order}/v1/orders?wait=5s' -H "Authorization: Bearer $TOKEN" -H 'Idempotency-Key: my-1' -H 'Content-Type: application/json' -d '${body}'
curl -s ${order}/v1/orders/MY-1 -H "Authorization: Bearer $TOKEN"
curl -s '${credit}/v1/credit-accounts/${customerId}/decisions?orderId=MY-1' -H "Authorization: Bearer $TOKEN"`;
}
