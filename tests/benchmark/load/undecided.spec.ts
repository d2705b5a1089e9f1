import { describe, expect, it } from '@jest/globals';
import { Undecided } from './undecided.ts';

const decision = (number: number, reasons: object[] = []): Buffer =>
  Buffer.from(JSON.stringify({ decisionId: 'd', orderId: `B-${String(number).padStart(10, '0')}`, reasons, by: 'p' }));
function tell(undecided: Undecided, value: Buffer, nowMs: number): void {
  // As in a fetch answer: other decisions stand before and behind.
  const bytes = Buffer.concat([decision(999), value, decision(998)]);
  undecided.take(bytes, decision(999).length, decision(999).length + value.length, nowMs);
}

describe('The orders of a run', () => {
  it('wait until their decision is read', () => {
    const undecided = new Undecided(100, 10);
    expect([undecided.publish(1), undecided.publish(2), undecided.publish(3)]).toEqual([100, 101, 102]);
    tell(undecided, decision(101), 50);
    tell(undecided, decision(100, [{ code: 'credit-limit-exceeded' }]), 60);
    expect(undecided).toMatchObject({ published: 3, decided: 2, approved: 1, waiting: 1, repeated: 0 });
  });

  it('are decided once: a second decision is counted apart', () => {
    const undecided = new Undecided(1, 10);
    undecided.publish(1);
    tell(undecided, decision(1), 5);
    tell(undecided, decision(1), 6);
    expect(undecided).toMatchObject({ decided: 1, repeated: 1 });
  });

  it.each([
    { number: 99, because: 'it is of an earlier run' },
    { number: 101, because: 'it was not published yet' },
  ])('are not taken for order $number, since $because', ({ number }) => {
    const undecided = new Undecided(100, 10);
    undecided.publish(1);
    tell(undecided, decision(number), 5);
    expect(undecided).toMatchObject({ decided: 0, repeated: 0 });
  });

  it('count from the instant they were due, if that was while measuring', () => {
    const undecided = new Undecided(0, 10);
    for (const due of [1, 10, 19, 20, 15]) undecided.publish(due);
    [5, 22, 20, 90].forEach((readMs, order) => tell(undecided, decision(order), readMs));
    expect(undecided.latencies(10, 20)).toEqual({ p50: 1, p95: 12, p99: 12, max: 12 });
    expect(undecided.latencies(30, 40)).toBeNull();
  });
});
