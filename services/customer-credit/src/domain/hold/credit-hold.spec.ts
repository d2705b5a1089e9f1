import { describe, expect, it } from '@jest/globals';
import { closedAs, heldAs, isOpen, type CreditHold, type HeldOrder } from './credit-hold.ts';

const because = (...codes: string[]) => codes.map((code) => ({ code, message: code }));
const moment = (seq: bigint, businessDay: string) => ({ seq, businessDay, at: new Date(`${businessDay}T10:00:00Z`) });
const key = { customerId: 'C-1', orderId: 'O-1' };
const held = (differs: Partial<HeldOrder> = {}): HeldOrder => ({
  orderVersion: 1,
  reasons: because('credit-limit-exceeded'),
  total: { minor: 100_00n, currency: 'EUR' },
  accountCurrency: 'EUR',
  totalInAccountCurrency: 100_00n,
  excess: 10_00n,
  salesRepId: 'R-1',
  segment: null,
  riskClass: null,
  urgency: { requestedDeliveryOn: '2026-03-09', priority: 5 },
  ...differs,
});
const first = { ...heldAs(undefined, key, held(), moment(3n, '2026-03-02')), priority: 40 };
const worked: CreditHold = {
  ...first,
  assignedTo: 'u-7',
  reviewOn: '2026-03-05',
  releaseRequest: {
    ...{ requestId: 'r', requestedBy: 'u-1', requestedAt: '2026-03-02T11:00:00.000Z', expiresOn: '2026-03-05' },
    ...{ reason: 'promised', note: null, reviewOn: null, exceeded: [], roles: [] },
  },
};

describe('A held order', () => {
  it('opens a case on the day', () => {
    expect(first).toMatchObject({ status: 'open', openedOn: '2026-03-02', closedOn: null, seq: 3n });
  });

  it.each([
    { codes: ['forced-hold'], status: 'ready', why: 'nothing else keeps it' },
    { codes: ['credit-limit-exceeded', 'forced-hold'], status: 'open', why: 'a rule keeps it as well' },
    { codes: ['technical-error'], status: 'open', why: 'nobody can let it go as it is' },
  ])('for $codes is $status, since $why', ({ codes, status }) => {
    const hold = heldAs(worked, key, held({ reasons: because(...codes) }), moment(4n, '2026-03-03'));
    expect(hold.status).toBe(status);
  });

  it('that is held again goes on as the case it was, with who works on it', () => {
    const again = heldAs(
      worked,
      key,
      held({ reasons: because('overdue-items'), urgency: undefined }),
      moment(4n, '2026-03-04'),
    );
    expect({ ...again, priority: 40 }).toEqual({
      ...worked,
      ...{ reasons: because('overdue-items'), seq: 4n, updatedAt: new Date('2026-03-04T10:00:00Z') },
    });
  });

  it('in another version keeps its case; what was asked of the version before is no longer asked', () => {
    const amended = heldAs(worked, key, held({ orderVersion: 2 }), moment(4n, '2026-03-04'));
    expect(amended).toMatchObject({ openedOn: '2026-03-02', assignedTo: 'u-7', releaseRequest: null });
  });

  it('that is held anew after its case was closed opens another, and nobody works on it yet', () => {
    const closed = closedAs(worked, 'released', moment(4n, '2026-03-03'));
    const anew = heldAs(closed, key, held(), moment(9n, '2026-03-20'));
    expect(anew).toMatchObject({
      status: 'open',
      openedOn: '2026-03-20',
      closedOn: null,
      assignedTo: null,
      reviewOn: null,
    });
  });
});

describe('A closed case', () => {
  it.each(['released', 'declined', 'cancelled', 'expired'] as const)('is %s, and nothing of it waits', (status) => {
    const closed = closedAs(worked, status, moment(4n, '2026-03-03'));
    expect(closed).toMatchObject({ status, closedOn: '2026-03-03', releaseRequest: null, reasons: worked.reasons });
    expect([isOpen(worked), isOpen(closed), isOpen(undefined)]).toEqual([true, false, false]);
  });
});
