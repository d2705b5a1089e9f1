import { check } from './check.ts';

/** Of what is no decision and moves no exposure: a limit, a hold whose order was called off, an answer to the warehouse. */
const tellingTopics = ['credit-accounts', 'credit-holds', 'credit-decisions'];

/** Each decision, ledger entry and message about an account counts one; several may tell of the same. */
export const seqWithoutGap = check<'records' | 'accounts' | 'decisions' | 'ledger'>(
  'seq-without-gap',
  'decisions and state changes of an account are numbered 1, 2, 3 … up to its own count',
  ({ records, accounts, decisions, ledger }) => {
    const seen = new Map<string, Set<bigint>>();
    const see = (customerId: string, seq: bigint): void =>
      void (seen.get(customerId) ?? seen.set(customerId, new Set()).get(customerId)!).add(seq);
    for (const { customer_id, seq } of [...decisions, ...ledger]) see(customer_id, seq);
    for (const { topic, data } of records)
      if (tellingTopics.includes(topic) && data.seq !== undefined) see(data.customerId!, BigInt(data.seq));

    return accounts.flatMap(({ customer_id: customerId, seq: last }) => {
      const numbers = seen.get(customerId) ?? new Set();
      const missing: bigint[] = [];
      for (let seq = 1n; seq <= last; seq += 1n) if (!numbers.has(seq)) missing.push(seq);
      const beyond = [...numbers].filter((seq) => seq > last);
      return [
        ...missing.map((seq) => `customer ${customerId} is at seq ${last}, and nothing says what ${seq} was`),
        ...beyond.map((seq) => `customer ${customerId} is at seq ${last}, and there is a ${seq}`),
      ];
    });
  },
);
