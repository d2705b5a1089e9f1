import { addDays } from '@ordergate/money';
import type { PlannedMessage } from '../../replay/plan-days.ts';
import { ownersOf, type Names } from '../cast.ts';
import type { Story } from '../story.ts';
import type { DayRef, LimitRef } from '../form/scalars.ts';
import type { Call } from '../system/caller.ts';

/** What a verb comes to: messages on the topics, or calls that a person makes. */
export type Deed = PlannedMessage[] | ((call: Call) => Promise<void>);

/** A sent order, as far as the next verb builds on it. */
export interface SentOrder {
  version: number;
  data: Record<string, unknown>;
  /** Minor units that have been shipped. */
  shipped: bigint;
}

/** What has been told so far, by real names. */
export interface Memory {
  /** `order:O` → whose it is, by the story's own ids. */
  owners: ReadonlyMap<string, string>;
  customers: Map<string, Record<string, unknown>>;
  orders: Map<string, SentOrder>;
  cancelled: Set<string>;
  groups: Map<string, { limit: LimitRef; parentId?: string }>;
  disputes: Map<string, Record<string, unknown>>;
  /** `customer:…` or `order:…` → ids of forced holds to lift. */
  forcedHolds: Map<string, string[]>;
  messages: number;
  calls: number;
}

export const emptyMemory = ({ steps }: Story): Memory => ({
  owners: ownersOf(steps),
  customers: new Map(),
  orders: new Map(),
  cancelled: new Set(),
  groups: new Map(),
  disputes: new Map(),
  forcedHolds: new Map(),
  messages: 0,
  calls: 0,
});

/** Where a verb stands: its names, the day, what was before. */
export class Scene {
  readonly names: Names;
  readonly today: string;
  readonly memory: Memory;
  readonly story: Story;

  constructor(story: Story, names: Names, today: string, memory: Memory) {
    this.story = story;
    this.names = names;
    this.today = today;
    this.memory = memory;
  }

  customer(id: string): string {
    return this.names.real('customer', id);
  }

  /** The real name of the customer whose order, invoice, … it is; the form was checked, so there is one. */
  ownerOf(kind: 'order' | 'invoice' | 'instrument' | 'dispute', id: string): string {
    return this.customer(this.memory.owners.get(`${kind}:${id}`)!);
  }

  day(ref: DayRef | undefined, otherwise = this.today): string {
    return typeof ref === 'number' ? addDays(this.today, ref) : (ref ?? otherwise);
  }

  message(type: string, data: Record<string, unknown>): PlannedMessage {
    const at = (this.memory.messages += 1);
    return {
      id: `${this.names.prefix}${at}`,
      type,
      data,
      time: this.instant(at),
      correlationId: String(data['orderId'] ?? data['invoiceId'] ?? data['customerId']),
      line: 0,
    };
  }

  /** Later than the one before, and of the story's day. */
  now(): string {
    return this.instant(this.memory.messages + 1);
  }

  private instant(at: number): string {
    return new Date(Date.parse(`${this.today}T08:00:00Z`) + at).toISOString();
  }
}
