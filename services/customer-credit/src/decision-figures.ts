import { Injectable } from '@nestjs/common';
import { reasonCodes } from '@ordergate/contracts';
import type { CommitObserver, Outgoing } from '@ordergate/messaging';
import { counterOf, Registry } from '@ordergate/observability';

const outcomes: Readonly<Record<string, string>> = {
  'OrderApproved.v1': 'approved',
  'OrderHeld.v1': 'held',
  'OrderReleased.v1': 'released',
  'OrderDeclined.v1': 'declined',
};

const shipmentOutcomes: Readonly<Record<string, string>> = {
  'ShipmentAuthorized.v1': 'authorized',
  'ShipmentRefused.v1': 'refused',
};

/** What operations and finance watch of the gate: how many orders get which answer, and why orders are held. */
@Injectable()
export class DecisionFigures implements CommitObserver {
  private readonly decisions;
  private readonly holdReasons;
  private readonly holdsExpired;
  private readonly shipments;

  constructor(registry: Registry) {
    this.decisions = counterOf(registry, {
      name: 'ordergate_decisions_total',
      help: 'Decisions by their outcome: approved, held, released, declined',
      labelNames: ['outcome'],
    });
    this.holdReasons = counterOf(registry, {
      name: 'ordergate_hold_reasons_total',
      help: 'Reasons of orders that were held; an order counts once under each of its reasons',
      labelNames: ['reason'],
    });
    this.holdsExpired = counterOf(registry, {
      name: 'ordergate_holds_expired_total',
      help: 'Holds that nobody had answered when the days of the policy were over',
    });
    this.shipments = counterOf(registry, {
      name: 'ordergate_shipments_total',
      help: 'Answers to the warehouse by their outcome: authorized, refused',
      labelNames: ['outcome'],
    });
    // A rate needs the zero before the first.
    for (const outcome of Object.values(shipmentOutcomes)) this.shipments.inc({ outcome }, 0);
    for (const outcome of Object.values(outcomes)) this.decisions.inc({ outcome }, 0);
    this.holdsExpired.inc(0);
    for (const reason of reasonCodes) this.holdReasons.inc({ reason }, 0);
  }

  committed(outgoing: readonly Outgoing[]): void {
    const decided = new Map<string, number>();
    for (const message of outgoing) {
      if (!('type' in message)) continue;
      const shipment = shipmentOutcomes[message.type];
      if (shipment !== undefined) this.shipments.inc({ outcome: shipment });
      const outcome = outcomes[message.type];
      if (outcome === undefined) continue;
      decided.set(outcome, (decided.get(outcome) ?? 0) + 1);
      const { reasons = [] } = (message as { data: { reasons?: readonly { code: string }[] } }).data;
      if (outcome === 'declined' && reasons.some(({ code }) => code === 'hold-expired')) this.holdsExpired.inc();
      if (outcome === 'held') for (const { code } of reasons) this.holdReasons.inc({ reason: code });
    }
    for (const [outcome, count] of decided) this.decisions.inc({ outcome }, count);
  }
}
