import { describe, expect, it } from '@jest/globals';
import { gateFacts } from '../gate/gate-facts.fixture.ts';
import { unseenOrder, type CustomerOrder } from '../order/customer-order.ts';
import { noGoods } from '../order/order-goods.ts';
import { decideShipment } from './decide-shipment.ts';

const today = '2026-11-21';
const eur = (minor: bigint) => ({ minor, currency: 'EUR' });

/** 100.00 EUR, approved up to 110.00 until today. */
const order = (differs: Partial<CustomerOrder> = {}): CustomerOrder => ({
  ...unseenOrder('C-1', 'O-1'),
  ...{ status: 'approved', currency: 'EUR', rate: '1', total: 100_00n, approved: 100_00n },
  approval: { ceiling: 110_00n, validUntil: today },
  ...differs,
});
const held = order({ status: 'held', approved: 0n, approval: null, heldFor: ['credit-limit-exceeded', 'order-value'] });
const decide = (its: CustomerOrder, asked: bigint | null, account = {}, businessDay = today, hasLeft = false) =>
  decideShipment(
    businessDay,
    { ...gateFacts({ account }), businessDay },
    { order: its, asked: asked === null ? null : eur(asked), hasLeft, accountCurrency: 'EUR' },
  );
const codes = ({ reasons }: ReturnType<typeof decide>) => reasons.map(({ code }) => code);

describe('A shipment under an approval', () => {
  it.each([
    { its: order(), asked: 110_00n, refused: [], because: 'exactly the ceiling may leave' },
    { its: order(), asked: 110_01n, refused: ['approval-exceeded'], because: 'a cent more is too much' },
    { its: order({ shipped: 60_00n }), asked: 50_00n, refused: [], because: 'exactly what is left may leave' },
    { its: order({ shipped: 60_00n }), asked: 50_01n, refused: ['approval-exceeded'], because: '60.00 have left' },
    {
      its: order({ goods: { ...noGoods, authorized: 60_00n } }),
      asked: 50_01n,
      refused: ['approval-exceeded'],
      because: '60.00 are authorized for another shipment',
    },
    { its: order(), asked: 0n, refused: [], because: 'goods that are worth nothing take nothing' },
    { its: order({ status: 'released' }), asked: 1n, refused: [], because: 'a release is an approval' },
    { its: order({ approved: 0n, prepaid: true }), asked: 100_00n, refused: [], because: 'it is paid for' },
    { its: order({ invoiced: 100_00n }), asked: 100_00n, refused: [], because: 'the invoice may come first' },
  ])('of $asked is refused for $refused, since $because', ({ its, asked, refused }) =>
    expect(codes(decide(its, asked))).toEqual(refused),
  );

  it('without a value is for all that is left of the order, not of the ceiling', () => {
    const its = order({ shipped: 30_00n, goods: { ...noGoods, authorized: 20_00n } });
    expect(decide(its, null)).toEqual({ outcome: 'authorized', value: eur(50_00n), reasons: [] });
  });

  it('without a value is refused when nothing of the order is left, whatever the tolerance', () =>
    expect(decide(order({ shipped: 100_00n }), null)).toMatchObject({
      outcome: 'refused',
      reasons: [{ code: 'approval-exceeded', measured: '0.00', threshold: '10.00', unit: 'EUR' }],
    }));

  it('says what was asked and what is left', () =>
    expect(decide(order({ shipped: 60_00n }), 60_00n).reasons).toEqual([
      {
        code: 'approval-exceeded',
        message: 'Only 50.00 EUR of the approval are left, not 60.00 EUR',
        ...{ measured: '60.00', threshold: '50.00', unit: 'EUR' },
      },
    ]));
});

describe('The last day of an approval', () => {
  it.each([
    { day: '2026-11-21', refused: [], because: 'the day itself counts' },
    { day: '2026-11-22', refused: ['approval-expired'], because: 'it is over, whether a job has come by or not' },
  ])('$day: refused for $refused, since $because', ({ day, refused }) =>
    expect(codes(decide(order(), 1n, {}, day))).toEqual(refused),
  );

  it('is named, with the day on which it is too late', () =>
    expect(decide(order(), 1n, {}, '2026-11-22').reasons).toEqual([
      {
        code: 'approval-expired',
        message: 'The approval was valid until 2026-11-21',
        ...{ measured: '2026-11-22', threshold: '2026-11-21', unit: 'date' },
      },
    ]));

  it('is what an order that expiry has closed is refused for', () =>
    expect(codes(decide(order({ status: 'expired' }), 1n, {}, '2026-11-22'))).toEqual(['approval-expired']));
});

describe('Without an approval', () => {
  it.each([
    { its: held, measured: 'held', message: 'The order is held: credit-limit-exceeded, order-value' },
    { its: order({ status: 'declined', approval: null }), measured: 'declined', message: 'The order was declined' },
    { its: order({ status: 'cancelled', approval: null }), measured: 'cancelled', message: 'The order is cancelled' },
    { its: unseenOrder('C-1', 'O-2'), measured: 'none', message: 'No such order has come' },
    { its: order({ approval: null }), measured: 'shipped', message: 'A final shipment has left: the order is closed' },
  ])('an order that is $measured ships nothing: $message', ({ its, measured, message }) =>
    expect(decide(its, 10_00n).reasons).toEqual([
      { code: 'approval-missing', message, measured, threshold: 'approved', unit: 'status' },
    ]),
  );

  it('goods that have left already are not authorized afterwards', () =>
    expect(decide(order(), 10_00n, {}, today, true).reasons).toMatchObject([
      { code: 'approval-missing', measured: 'shipped' },
    ]));

  it('goods valued in another currency have none', () =>
    expect(
      decideShipment(today, gateFacts(), {
        order: order(),
        asked: { minor: 1n, currency: 'USD' },
        hasLeft: false,
        accountCurrency: 'EUR',
      }).reasons,
    ).toMatchObject([{ code: 'approval-missing', measured: 'USD', threshold: 'EUR', unit: 'currency' }]));

  it('an order that is not approved is not asked about blocks', () =>
    expect(
      codes(
        decideShipment(today, null, {
          order: unseenOrder('C-1', 'O-2'),
          asked: eur(10_00n),
          hasLeft: false,
          accountCurrency: 'EUR',
        }),
      ),
    ).toEqual(['approval-missing']));
});

describe('What has come since the approval', () => {
  const block = { blockId: 'B', kind: 'legal', reason: 'in court', blockedBy: 'user:u-1' };
  const forcedHold = { holdId: 'H', orderId: null, reason: 'wait', placedBy: 'user:u-1' };

  it.each([
    { account: { blocks: [block] }, refused: ['account-blocked'] },
    { account: { insuranceStopOn: '2026-11-22' }, refused: [] },
    { account: { insuranceStopOn: today }, refused: ['insurance-stop'] },
    { account: { forcedHolds: [forcedHold] }, refused: ['forced-hold'] },
    // The limit was asked when the order was approved; what was reserved then may leave.
    { account: { limit: { kind: 'none' } }, refused: [] },
  ])('$account: refused for $refused', ({ account, refused }) =>
    expect(codes(decide(order(), 1n, account))).toEqual(refused),
  );

  it('is named with everything else that is wrong', () =>
    expect(codes(decide(order(), 111_00n, { blocks: [block], insuranceStopOn: today }))).toEqual([
      ...['approval-exceeded', 'account-blocked', 'insurance-stop'],
    ]));
});
