import { addDays } from '@ordergate/money';
import type { Sql } from '@ordergate/database';

const daysValid = 7;

/** Rates of the business day: how much of the account's currency one unit of another is worth. */
export class ExchangeRates {
  private readonly rates: ReadonlyMap<string, string>;
  private readonly loaded: boolean;

  constructor(rates?: ReadonlyMap<string, string>) {
    this.rates = rates ?? new Map();
    this.loaded = rates !== undefined;
  }

  /** Before they are loaded only a currency's rate to itself is known. */
  get areLoaded(): boolean {
    return this.loaded;
  }

  /** '1' for the same currency; null when there is no rate that is young enough. */
  rate(from: string, to: string): string | null {
    return from === to ? '1' : (this.rates.get(`${from} ${to}`) ?? null);
  }
}

/** The newest rate of every pair that is not older than 7 days on the business day. */
export async function loadExchangeRates(sql: Sql, businessDay: string): Promise<ExchangeRates> {
  const rows = await sql.query<{ pair: string; rate: string }>(
    `select distinct on (from_currency, to_currency) from_currency || ' ' || to_currency as pair, rate
     from exchange_rate where business_day between $1 and $2
     order by from_currency, to_currency, business_day desc`,
    [addDays(businessDay, -daysValid), businessDay],
  );
  return new ExchangeRates(new Map(rows.map(({ pair, rate }) => [pair, rate])));
}

/** Records a rate of a day; a second one for the same pair and day replaces the first. */
export async function saveExchangeRate(sql: Sql, day: string, from: string, to: string, rate: string): Promise<void> {
  await sql.query(
    `insert into exchange_rate (from_currency, to_currency, business_day, rate) values ($1, $2, $3, $4)
     on conflict (from_currency, to_currency, business_day) do update set rate = excluded.rate`,
    [from, to, day, rate],
  );
}
