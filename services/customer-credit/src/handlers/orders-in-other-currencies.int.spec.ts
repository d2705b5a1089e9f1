import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { barePolicy } from '../domain/policy/policy.ts';
import { creditLane, type Told } from './credit-lane.fixture.ts';
import {
  amended,
  eur,
  invoiced,
  limitOf,
  limitSet,
  placed,
  reevaluation,
  registered,
  returned,
  shipped,
  usd,
} from './credit-messages.fixture.ts';

let credit: Awaited<ReturnType<typeof creditLane>>;
beforeAll(async () => {
  credit = await creditLane({
    ...barePolicy,
    approval: { onExpiry: 'decide-again', tolerancePercent: '10', validDays: 5 },
  });
  await credit.setRate('2026-03-02', 'USD', 'EUR', '0.9');
}, 60_000);
afterEach(() => credit.startDay('2026-03-02'));
afterAll(() => credit?.close());

const typesOf = (told: readonly Told[]) => told.map(({ type }) => type);
const codesOf = (told: Told | undefined) => told?.data.reasons.map(({ code }: { code: string }) => code);

describe('An order in another currency than the account', () => {
  it('is converted at the day’s rate, keeps it, and leaves nothing when it is shipped and invoiced on other days', async () => {
    await credit.tell(registered('C-20'));
    const [told] = await credit.tell(placed('C-20', 'O-1', { total: usd('100.00') }));
    expect(told?.data).toMatchObject({ rate: '0.9', total: usd('100.00'), totalInAccountCurrency: eur('90.00') });
    await credit.setRate('2026-03-03', 'USD', 'EUR', '1.1');
    await credit.startDay('2026-03-03');
    await credit.tell(shipped('C-20', 'O-1', usd('100.00')));
    expect(await credit.owes('C-20')).toEqual({ shippedNotInvoiced: 90_00n, total: 90_00n });
    await credit.tell(invoiced('C-20', 'I-1', usd('100.00'), { orderId: 'O-1' }));
    expect(await credit.owes('C-20')).toEqual({ receivables: 110_00n, total: 110_00n });
  });

  it('is held while no rate is at most 7 days old', async () => {
    await credit.tell(registered('C-21'));
    await credit.startDay('2026-03-10');
    expect(typesOf(await credit.tell(placed('C-21', 'O-1', { total: usd('1.00') })))).toEqual(['OrderApproved.v1']);
    await credit.startDay('2026-03-11');
    expect(codesOf((await credit.tell(placed('C-21', 'O-2', { total: usd('1.00') })))[0])).toEqual([
      'currency-rate-missing',
    ]);
  });

  it('amended when goods have left: what has left is valued at the new rate before the limit is asked', async () => {
    await credit.tell(registered('C-22', { limit: limitOf(eur('110.00')) }));
    await credit.tell(placed('C-22', 'O-1', { total: usd('100.00') }), shipped('C-22', 'O-1', usd('60.00')));
    await credit.startDay('2026-03-03');
    // 60 shipped and 41 open at 1.10 are 111.10; at the old rate the shipped part would be 54 and all of it 99.10.
    const [told] = await credit.tell(amended('C-22', 'O-1', { total: usd('101.00'), paymentTermsDays: 60 }));
    expect([told?.type, codesOf(told)]).toEqual(['OrderHeld.v1', ['credit-limit-exceeded']]);
    await credit.tell(limitSet('C-22', limitOf(eur('111.10'))));
    const [fits] = await credit.tell(
      amended('C-22', 'O-1', { total: usd('101.00'), paymentTermsDays: 60, orderVersion: 3 }),
    );
    expect([fits?.type, fits?.data.exposure.total]).toEqual(['OrderApproved.v1', eur('66.00')]);
    expect(await credit.owes('C-22')).toEqual({ openOrders: 45_10n, shippedNotInvoiced: 66_00n, total: 111_10n });
  });

  it('amended into the account’s currency keeps the exposure of what has left', async () => {
    await credit.tell(registered('C-23'));
    await credit.tell(placed('C-23', 'O-1', { total: usd('100.00') }), shipped('C-23', 'O-1', usd('40.00')));
    await credit.tell(amended('C-23', 'O-1', { total: eur('100.00') }));
    expect(await credit.owes('C-23')).toEqual({ openOrders: 64_00n, shippedNotInvoiced: 36_00n, total: 100_00n });
  });

  describe('for which there is no rate yet', () => {
    const chf = (amount: string) => ({ amount, currency: 'CHF' });
    const rateComes = async (customerId: string) => {
      await credit.setRate('2026-03-02', 'CHF', 'EUR', '0.5');
      return credit.tell(reevaluation(customerId), reevaluation(customerId));
    };
    afterEach(() => credit.database.query("delete from exchange_rate where from_currency = 'CHF'"));

    it('goods count as the whole order, and as what they are when the rate comes', async () => {
      await credit.tell(registered('C-30'), placed('C-30', 'O-1'), shipped('C-30', 'O-1', chf('50.00')));
      await credit.tell(shipped('C-30', 'O-1', chf('20.00')), returned('C-30', 'O-1', chf('10.00')));
      expect(await credit.owes('C-30')).toEqual({ shippedNotInvoiced: 100_00n, total: 100_00n });
      expect(await credit.tell(reevaluation('C-30'))).toEqual([]);
      expect(await credit.owes('C-30')).toEqual({ shippedNotInvoiced: 100_00n, total: 100_00n });

      expect(await rateComes('C-30')).toEqual([]);
      expect(await credit.owes('C-30')).toEqual({ openOrders: 70_00n, shippedNotInvoiced: 30_00n, total: 100_00n });
      await credit.tell(shipped('C-30', 'O-1', chf('20.00')));
      expect(await credit.owes('C-30')).toEqual({ openOrders: 60_00n, shippedNotInvoiced: 40_00n, total: 100_00n });
    });

    it('goods that all come back count nothing; what comes back takes nothing off before it can be compared', async () => {
      await credit.tell(registered('C-31'), placed('C-31', 'O-1'), placed('C-31', 'O-2'));
      await credit.tell(shipped('C-31', 'O-1', chf('50.00')), returned('C-31', 'O-1', chf('50.00')));
      await credit.tell(shipped('C-31', 'O-2', eur('80.00')), returned('C-31', 'O-2', chf('60.00')));
      expect(await credit.owes('C-31')).toEqual({ openOrders: 120_00n, shippedNotInvoiced: 80_00n, total: 200_00n });
      await rateComes('C-31');
      expect(await credit.owes('C-31')).toEqual({ openOrders: 150_00n, shippedNotInvoiced: 50_00n, total: 200_00n });
    });

    it('goods told in the currency that a stub’s account then gets are exposure from its registration on', async () => {
      await credit.tell(placed('C-33', 'O-1', { total: chf('200.00') }), shipped('C-33', 'O-1', eur('40.00')));
      expect(await credit.owes('C-33')).toEqual({});
      await credit.tell(registered('C-33'));
      expect(await credit.owes('C-33')).toEqual({ shippedNotInvoiced: 40_00n, total: 40_00n });
      await rateComes('C-33');
      expect(await credit.owes('C-33')).toEqual({ openOrders: 60_00n, shippedNotInvoiced: 40_00n, total: 100_00n });
    });

    it('an order amended into it is held, its goods stay exposure, and it is decided on what has left when the rate comes', async () => {
      await credit.tell(registered('C-32', { limit: limitOf(eur('100.00')) }), placed('C-32', 'O-1'));
      await credit.tell(shipped('C-32', 'O-1', eur('40.00')));
      const [held] = await credit.tell(amended('C-32', 'O-1', { total: chf('200.00') }));
      expect(codesOf(held)).toEqual(['currency-rate-missing']);
      expect(await credit.owes('C-32')).toEqual({ shippedNotInvoiced: 40_00n, total: 40_00n });
      expect(codesOf((await credit.tell(placed('C-32', 'O-2', { total: eur('60.01') })))[0])).toEqual([
        'credit-limit-exceeded',
      ]);
      expect(typesOf(await rateComes('C-32'))).toEqual(['OrderReleased.v1']);
      expect(await credit.owes('C-32')).toEqual({ openOrders: 60_00n, shippedNotInvoiced: 40_00n, total: 100_00n });
    });
  });
});
