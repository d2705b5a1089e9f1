import type { Decision } from '../domain/gate/decision.ts';
import type { HoldEvent } from '../store/hold-event.store.ts';

interface HistoryEntry {
  seq: number;
  at: string;
  businessDay: string;
  what: string;
  by: string;
  why?: string;
  before?: object;
  after?: object;
}

/** What happened to a case, oldest first: decisions and everything beside them; what people said is apart. */
export function historyOf(
  events: readonly HoldEvent[],
  decisions: readonly Decision[],
): { history: object[]; comments: object[] } {
  const [comments, happened] = [
    events.filter(({ kind }) => kind === 'commented'),
    events.filter(({ kind }) => kind !== 'commented'),
  ];
  const history = [...decisions.map(decisionEntry), ...happened.map(eventEntry)].sort((a, b) => a.seq - b.seq);
  return {
    history,
    comments: comments.map(({ seq, happenedAt, happenedBy, why }) => ({
      seq: Number(seq),
      at: happenedAt.toISOString(),
      by: happenedBy,
      text: why,
    })),
  };
}

function decisionEntry({
  seq,
  decidedAt,
  businessDay,
  outcome,
  decidedBy,
  reasons,
  facts,
  orderVersion,
}: Decision): HistoryEntry {
  const word = facts?.word;
  const persons = word && word.persons.length > 1 ? { persons: word.persons.map(({ userId }) => userId) } : {};
  return {
    seq: Number(seq),
    at: decidedAt.toISOString(),
    businessDay,
    what: facts?.heldSince === undefined ? outcome : 'expired',
    by: decidedBy,
    ...(word && { why: word.note ? `${word.reason}: ${word.note}` : word.reason }),
    after: { ...(orderVersion !== null && { orderVersion }), reasons: reasons.map(({ code }) => code), ...persons },
  };
}

function eventEntry({ seq, happenedAt, businessDay, kind, happenedBy, why, before, after }: HoldEvent): HistoryEntry {
  return {
    seq: Number(seq),
    at: happenedAt.toISOString(),
    businessDay,
    what: kind,
    by: happenedBy,
    ...(why !== null && { why }),
    ...(before && { before }),
    ...(after && { after }),
  };
}
