import type { History } from '../history/history.ts';
import { allPublished } from './all-published.ts';
import { bookAgrees } from './book-agrees.ts';
import type { Check } from './check.ts';
import { everyMessageTaken } from './every-message-taken.ts';
import { holdsAsTold } from './holds-as-told.ts';
import { ledgerIsAccount } from './ledger-is-account.ts';
import { limitIsCurrent } from './limit-is-current.ts';
import { noDeadlock } from './no-deadlock.ts';
import { notAStillLife } from './not-a-still-life.ts';
import { nothingInvented } from './nothing-invented.ts';
import { nothingPutAside } from './nothing-put-aside.ts';
import { oneDecisionPerVersion } from './one-decision-per-version.ts';
import { openItemsAgree } from './open-items-agree.ts';
import { poolIsItsMembers } from './pool-is-its-members.ts';
import { seqWithoutGap } from './seq-without-gap.ts';
import { shipmentsAnswered } from './shipments-answered.ts';
import { toldInOrder } from './told-in-order.ts';
import { toldOnce } from './told-once.ts';
import { withinTheCeiling } from './within-the-ceiling.ts';
import { withinTheLimit } from './within-the-limit.ts';
import { withinThePool } from './within-the-pool.ts';

/** Everything that a history is held against. */
export const checks: readonly Check[] = [
  notAStillLife,
  everyMessageTaken,
  nothingPutAside,
  oneDecisionPerVersion,
  seqWithoutGap,
  withinTheLimit,
  withinThePool,
  withinTheCeiling,
  shipmentsAnswered,
  limitIsCurrent,
  ledgerIsAccount,
  poolIsItsMembers,
  allPublished,
  nothingInvented,
  toldInOrder,
  holdsAsTold,
  bookAgrees,
  openItemsAgree,
  toldOnce,
  noDeadlock,
];

export interface Verdict {
  check: Check;
  violations: string[];
}

export const judge = (history: History): Verdict[] =>
  checks.map((check) => ({ check, violations: check.violations(history) }));
