import { readEvent } from '@ordergate/contracts';
import { heardDecision, isLater, type HeardDecision } from '../../replay/decision-log.ts';
import type { TailRecord } from '../../replay/topic-tail.ts';
import type { Ends } from './rounds.ts';

/** The answer to a shipment, as the topic told it. */
export interface HeardShipment {
  outcome: 'authorized' | 'refused';
  shipmentId: string;
  orderId: string;
  seq: number;
  reasons: { code: string }[];
}

interface HeardAlert {
  customerId: string;
  kind: string;
}

export interface HeardHold {
  orderId: string;
  status: string;
  seq: number;
  reasons: { code: string }[];
}

/** What the services have said about one story. */
export class StoryRecords {
  /** By order, in the order in which they came. */
  readonly decisions = new Map<string, HeardDecision[]>();
  readonly holds = new Map<string, HeardHold>();
  readonly shipments = new Map<string, HeardShipment>();
  /** What people were told to look at, by customer: the kinds, in the order in which they came. */
  readonly alerts = new Map<string, string[]>();
  readonly deadLetters: string[] = [];
  private readonly lastOffsets = new Map<string, number>();

  note(place: string, offset: number): void {
    this.lastOffsets.set(place, offset);
  }

  /** Whether something came that lay beyond these ends. */
  isBeyond(ends: Ends): boolean {
    return [...this.lastOffsets].some(([place, offset]) => offset >= (ends.get(place) ?? 0));
  }

  decisionsOf(orderId: string): HeardDecision[] {
    return this.decisions.get(orderId) ?? [];
  }

  /** The one in force. */
  effective(orderId: string): HeardDecision | undefined {
    return this.decisionsOf(orderId).reduce<HeardDecision | undefined>(
      (best, decision) => (best === undefined || isLater(decision, best) ? decision : best),
      undefined,
    );
  }
}

/** Everything on the topics since the run began, by story: all ids of a story begin with its own up to the colon. */
export class Heard {
  /** 'topic/partition' → offset after the last record. */
  readonly ends = new Map<string, number>();
  private readonly stories = new Map<string, StoryRecords>();
  private readonly topicPrefix: string;

  constructor(topicPrefix: string) {
    this.topicPrefix = topicPrefix;
  }

  of(storyPrefix: string): StoryRecords {
    let records = this.stories.get(storyPrefix);
    if (!records) this.stories.set(storyPrefix, (records = new StoryRecords()));
    return records;
  }

  note({ topic: name, partition, message }: TailRecord): void {
    const place = `${name}/${partition}`;
    this.ends.set(place, Number(message.offset) + 1);
    const topic = name.slice(this.topicPrefix.length);
    const read = message.value === null ? null : readEvent(message);
    const data = (read?.ok ? read.event.data : {}) as { customerId?: string; orderId?: string };
    const prefix = [String(message.key), data.customerId, data.orderId].map(prefixOf).find((found) => found !== null);
    const records = prefix ? this.stories.get(prefix) : undefined;
    if (!records) return;
    records.note(place, Number(message.offset));
    if (topic.endsWith('-dlt'))
      records.deadLetters.push(`${topic}: ${String(message.headers?.['kafka_dlt-exception-message'])}`);
    else if (read?.ok && read.event.type === 'RiskAlertRaised.v1') noteAlert(records, read.event.data as HeardAlert);
    else if (topic === 'credit-decisions') noteDecision(records, message, read?.ok ? read.event.type : '');
    else if (topic === 'credit-holds' && read?.ok) keepLatest(records.holds, read.event.data as HeardHold);
  }
}

const prefixOf = (id: string | undefined): string | null => {
  const colon = id?.indexOf(':') ?? -1;
  return colon < 0 ? null : id!.slice(0, colon + 1);
};

function noteDecision(records: StoryRecords, message: TailRecord['message'], type: string): void {
  const decision = heardDecision(message);
  if (decision) {
    const known = records.decisions.get(decision.orderId);
    if (known) known.push(decision);
    else records.decisions.set(decision.orderId, [decision]);
  } else if (type === 'ShipmentAuthorized.v1' || type === 'ShipmentRefused.v1') {
    const read = readEvent(message);
    const outcome = type === 'ShipmentAuthorized.v1' ? 'authorized' : 'refused';
    const answer = { ...((read.ok ? read.event.data : {}) as Omit<HeardShipment, 'outcome'>), outcome } as const;
    records.shipments.set(answer.shipmentId, answer);
  }
}

function noteAlert({ alerts }: StoryRecords, { customerId, kind }: HeardAlert): void {
  alerts.set(customerId, [...(alerts.get(customerId) ?? []), kind]);
}

function keepLatest(holds: Map<string, HeardHold>, hold: HeardHold): void {
  const known = holds.get(hold.orderId);
  if (!known || hold.seq >= known.seq) holds.set(hold.orderId, hold);
}
