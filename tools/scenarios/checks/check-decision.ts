import type { Expectation } from '../form/expect-form.ts';
import type { StoryRecords } from '../system/heard.ts';
import { differing, type Asked, type Mismatch } from './mismatch.ts';

/** What the topics say about an order: how many decisions there were, and what the newest says. */
export function decisionMismatches(expect: Expectation, asked: Asked, records: StoryRecords): Mismatch[] {
  const decisions = asked.order === undefined ? [] : records.decisionsOf(asked.order);
  const count =
    expect.decisions === undefined ? [] : differing('decisions', String(expect.decisions), String(decisions.length));
  return [...count, ...newestMismatches(expect, asked, records)];
}

function newestMismatches(expect: Expectation, asked: Asked, records: StoryRecords): Mismatch[] {
  const { outcome, reasons, reasonsInclude } = expect;
  if (outcome === 'authorized' || outcome === 'refused')
    return shipmentMismatches({ ...expect, outcome }, asked.shipment, records);
  if (!outcome && !reasons && !reasonsInclude) return [];

  const newest = asked.order === undefined ? undefined : records.effective(asked.order);
  const isAnswered = newest !== undefined && records.decisionsOf(newest.orderId).length > (asked.decisionsBefore ?? 0);
  if (outcome === 'ignored')
    return isAnswered ? [{ what: 'outcome', expected: 'ignored', came: `a new decision: ${newest.outcome}` }] : [];
  if (!newest || (asked.isAnswerNeeded && !isAnswered))
    return [{ what: 'outcome', expected: outcome ?? 'a decision', came: 'no new decision' }];
  return [
    ...(outcome === undefined ? [] : differing('outcome', outcome, newest.outcome)),
    ...reasonMismatches('', expect, newest.reasons),
  ];
}

export function holdMismatches({ hold }: Expectation, order: string | undefined, records: StoryRecords): Mismatch[] {
  if (!hold) return [];
  const known = order === undefined ? undefined : records.holds.get(order);
  if (!known) return [{ what: 'hold', expected: hold.status ?? 'a hold', came: 'no hold was published for the order' }];
  return [
    ...(hold.status === undefined ? [] : differing('hold.status', hold.status, known.status)),
    ...reasonMismatches('hold.', hold, known.reasons),
  ];
}

export function shipmentMismatches(
  expected: Pick<Expectation, 'reasons' | 'reasonsInclude'> & { outcome?: 'authorized' | 'refused' },
  shipment: string | undefined,
  records: StoryRecords,
): Mismatch[] {
  const answer = shipment === undefined ? undefined : records.shipments.get(shipment);
  if (!answer) return [{ what: 'shipment', expected: expected.outcome ?? 'an answer', came: 'no answer' }];
  return [
    ...(expected.outcome === undefined ? [] : differing('shipment.outcome', expected.outcome, answer.outcome)),
    ...reasonMismatches('shipment.', expected, answer.reasons),
  ];
}

export function alertMismatches({ alerts }: Expectation, { customer }: Asked, records: StoryRecords): Mismatch[] {
  const came = customer === undefined ? [] : (records.alerts.get(customer) ?? []);
  return alerts ? differing('alerts', inWords(alerts), inWords(came)) : [];
}

function reasonMismatches(
  of: string,
  { reasons, reasonsInclude }: { reasons?: string[]; reasonsInclude?: string[] },
  came: readonly { code: string }[],
): Mismatch[] {
  const codes = came.map(({ code }) => code);
  const missing = (reasonsInclude ?? []).filter((code) => !codes.includes(code));
  return [
    ...(reasons ? differing(`${of}reasons`, inWords(reasons), inWords(codes)) : []),
    ...(missing.length > 0 ? [{ what: `${of}reasonsInclude`, expected: inWords(missing), came: inWords(codes) }] : []),
  ];
}

const inWords = (codes: readonly string[]): string => `[${codes.join(', ')}]`;
