import type { Sql } from '@ordergate/database';
import type { Outgoing } from '@ordergate/messaging';
import { openItems } from '@ordergate/receivables';
import { recordKey, windowStart } from '../domain/standing/payment-record.ts';
import { isSameStanding, standingOf, standsUntil, type StandingFacts } from '../domain/standing/standing.ts';
import { readRecord, readRecordSums, sumsOf, type CustomerPaid } from '../store/payment-record.store.ts';
import { saveStandings, type KeptStanding, type SavedStanding } from '../store/standing.store.ts';
import { hasBegun, type CustomerInHand } from './customer-in-hand.ts';
import { standingChanged } from './standing-message.ts';

/** Saves the customers' standings as of the day, and tells those in which a reader would see a difference. */
export async function tellStandings(
  sql: Sql,
  businessDay: string,
  customers: readonly CustomerInHand[],
  paid: readonly CustomerPaid[],
): Promise<Outgoing[]> {
  const begun = customers.flatMap((customer) => {
    const { currency, customerId } = customer;
    return currency === null || !hasBegun(customer) ? [] : [{ customer, currency, customerId }];
  });
  const [sums, untold] = await Promise.all([
    readRecordSums(sql, begun, windowStart(businessDay)),
    readRecord(
      sql,
      // Nobody has heard of what was paid before a first day, or in another currency.
      begun.filter(({ customer, currency }) => isUntold(customer.kept, currency)).map(({ customerId }) => customerId),
    ),
  ]);
  const changed = Map.groupBy(uniqueParts([...paid, ...untold]), ({ customerId }) => customerId);
  const saved: SavedStanding[] = [];
  const outgoing: Outgoing[] = [];
  for (const { customer, currency, customerId } of begun) {
    const { kept, cause } = customer;
    const facts: StandingFacts = {
      ...{ currency, businessDay, openItems: openItems(customer.book), commitments: customer.commitments },
      ...{ record: sumsOf(sums, customerId), dunningLevel: customer.dunningLevel },
    };
    const standing = standingOf(facts);
    const told = (changed.get(customerId) ?? []).filter((part) => part.currency === currency);
    const isNews = isUntold(kept, currency) || told.length > 0 || !isSameStanding(kept.standing!, standing);
    saved.push({
      ...{ customerId, standing, toldOn: isNews ? businessDay : kept.toldOn },
      standsUntil: standsUntil(facts),
      dunnedOn: standing.dunningLevel === 0 ? null : customer.dunnedOn,
    });
    if (isNews) outgoing.push(...standingChanged({ customerId, businessDay, standing, paid: told }, cause));
  }
  await saveStandings(sql, saved);
  return outgoing;
}

const isUntold = ({ toldOn, standing }: KeptStanding, currency: string): boolean =>
  toldOn === null || standing?.currency !== currency;

const uniqueParts = (parts: readonly CustomerPaid[]): CustomerPaid[] => [
  ...new Map(parts.map((part) => [`${part.customerId} ${recordKey(part)}`, part])).values(),
];
