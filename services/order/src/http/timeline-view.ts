import type { OrderStatus } from '../domain/order-status.ts';
import type { Happening, TimelineEntry } from '../domain/timeline.ts';

/** A line of the timeline as callers see it. Beside these fields it has what there is to say of what happened. */
export interface EntryView {
  no: number;
  what: Happening['what'];
  at: string;
  by: string;
  /** Where the order stood then. */
  status: OrderStatus;
}

export const entryView = ({ no, what, at, by, status, details }: TimelineEntry): EntryView => ({
  ...details,
  ...{ no, what, at: at.toISOString(), by, status },
});
