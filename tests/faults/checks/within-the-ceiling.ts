import { minorOf } from '@ordergate/money';
import type { DecisionRow, History, ShipmentRow, TopicRecord } from '../history/history.ts';
import { check, orderKey } from './check.ts';

type Parts = Pick<History, 'records' | 'decisions' | 'shipments' | 'ledger'>;
type Step = { seq: bigint } & (
  { kind: 'decision'; row: DecisionRow } | { kind: 'answer'; row: ShipmentRow } | { kind: 'fact'; fact: TopicRecord }
);

const factTypes = ['OrderShipped.v1', 'OrderCancelled.v1'];

/**
 * Folds, by seq, what happened to each order: decisions, answers to the warehouse, and the facts, of which the ledger tells
 * the place. What is authorized and what has left never come to more than the ceiling by an authorization; goods that leave
 * without one are told.
 */
export const withinTheCeiling = check<keyof Parts>(
  'within-the-ceiling',
  'no shipment was authorized beyond its approval’s ceiling, and goods that left without an authorization were told',
  (history) => {
    const problems: string[] = [];
    const unchecked = new Map<string, number>();
    const { byOrder, unplaced } = stepsOf(history);
    for (const [key, steps] of byOrder) {
      const approval = new FoldedApproval();
      for (const step of steps.toSorted((a, b) => (a.seq < b.seq ? -1 : 1))) {
        const problem = approval.take(step);
        if (problem) problems.push(`order ${key} seq ${step.seq}: ${problem}`);
      }
      const customerId = key.split(' ')[0]!;
      unchecked.set(customerId, (unchecked.get(customerId) ?? 0) + approval.unchecked);
    }
    const told = alertsByCustomer(history);
    return [
      ...problems,
      ...[...unchecked]
        .filter(([customerId, count]) => {
          const beyond = (told.get(customerId) ?? 0) - count;
          return beyond < 0 || beyond > (unplaced.get(customerId) ?? 0);
        })
        .map(([id, count]) => `goods of customer ${id} left unchecked ${count} times, ${told.get(id) ?? 0} were told`),
    ];
  },
);

class FoldedApproval {
  unchecked = 0;
  private ceiling: bigint | null = null;
  private readonly authorized = new Map<string, bigint>();
  private shipped = 0n;

  /** What is wrong with the step; null if nothing is. */
  take(step: Step): string | null {
    switch (step.kind) {
      case 'decision':
        if (step.row.outcome !== 'approved' && step.row.outcome !== 'released') this.end();
        else this.ceiling = step.row.ceiling;
        return null;
      case 'answer':
        return step.row.outcome === 'authorized' ? this.authorize(step.row) : null;
      case 'fact':
        if (step.fact.type === 'OrderCancelled.v1') this.end();
        else this.leave(step.fact.data);
        return null;
    }
  }

  private authorize({ shipment_id, value }: ShipmentRow): string | null {
    if (this.ceiling === null) return `${shipment_id} was authorized without an approval`;
    const open = [...this.authorized.values()].reduce((sum, one) => sum + one, 0n);
    this.authorized.set(shipment_id, value);
    const all = open + this.shipped + value;
    return all > this.ceiling
      ? `${shipment_id} of ${value} was authorized; with ${open} authorized and ${this.shipped} shipped that is ${all}, over the ceiling of ${this.ceiling}`
      : null;
  }

  private leave({ shipmentId, value }: TopicRecord['data']): void {
    const minor = minorOf(value!.amount, value!.currency);
    if (minor > (this.authorized.get(shipmentId!) ?? -1n)) this.unchecked += 1;
    this.authorized.delete(shipmentId!);
    this.shipped += minor;
  }

  private end(): void {
    this.ceiling = null;
    this.authorized.clear();
  }
}

/** `unplaced`: goods whose invoice came first move nothing, so the ledger does not tell when they left; how many a customer. */
function stepsOf({ records, decisions, shipments, ledger }: Parts) {
  const steps = new Map<string, Step[]>();
  const add = (key: string, step: Step): void => void (steps.get(key) ?? steps.set(key, []).get(key)!).push(step);
  for (const row of decisions) add(orderKey(row), { kind: 'decision', seq: row.seq, row });
  for (const row of shipments) add(orderKey(row), { kind: 'answer', seq: row.seq, row });
  const facts = new Map(
    records.filter(({ type }) => factTypes.includes(type)).map((fact) => [`${fact.source} ${fact.id}`, fact]),
  );
  // What a fact has moved itself comes before what it let others move.
  for (const { caused_by, seq } of ledger.toSorted((a, b) => (a.seq < b.seq ? -1 : 1))) {
    const fact = facts.get(caused_by);
    if (!fact || !facts.delete(caused_by)) continue;
    add(`${fact.data.customerId} ${fact.data.orderId}`, { kind: 'fact', seq, fact });
  }
  const unplaced = new Map<string, number>();
  for (const { type, data } of facts.values())
    if (type === 'OrderShipped.v1') unplaced.set(data.customerId!, (unplaced.get(data.customerId!) ?? 0) + 1);
  return { byOrder: steps, unplaced };
}

/** Each alert once, however often it was published. */
function alertsByCustomer({ records }: Parts): Map<string, number> {
  const ids = new Map<string, string>();
  for (const { id, type, data } of records)
    if (type === 'RiskAlertRaised.v1' && data.kind === 'shipment-unauthorized') ids.set(id, data.customerId!);
  const counts = new Map<string, number>();
  for (const customerId of ids.values()) counts.set(customerId, (counts.get(customerId) ?? 0) + 1);
  return counts;
}
