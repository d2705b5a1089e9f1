import { barePolicy, type Policy } from '../domain/policy/policy.ts';
import { recompute } from '../domain/gate/explain-decision.ts';
import { readOutcome } from '../store/command-outcome.store.ts';
import { loadHolds } from '../store/credit-hold.store.ts';
import { readDecisions } from '../store/decision.store.ts';
import { readHoldEvents } from '../store/hold-event.store.ts';
import type { creditLane } from './credit-lane.fixture.ts';
import { command, eur, placed, registered } from './credit-messages.fixture.ts';

export const analyst = { userId: 'u-analyst', roles: 'credit-analyst' };
export const manager = { userId: 'u-manager', roles: 'credit-manager' };
export const second = { userId: 'u-second', roles: 'collector credit-manager' };

/** An analyst may overrule a limit by 100.00, a manager everything, above 1,000.00 with a second one. */
export const deskPolicy: Policy = {
  ...barePolicy,
  rules: { ...barePolicy.rules, 'order-value': { max: '5000' } },
  approval: { ...barePolicy.approval, tolerancePercent: '10', validDays: 5 },
  release: {
    ...barePolicy.release,
    authority: [
      { role: 'credit-analyst', amountMax: '100.00', overrules: ['credit-limit-exceeded'] },
      { role: 'credit-manager' },
    ],
    fourEyesAbove: '1000.00',
  },
  scopes: [
    { when: { customer: ['LISTED'] }, release: { reasons: ['payment-promised'], declineReasons: ['too-risky'] } },
  ],
};

/** What people do about held orders, on a lane by hand. Every customer has one held order, `O`. */
export function holdDesk(credit: Awaited<ReturnType<typeof creditLane>>) {
  /** Does it, and says what came of it. */
  async function ask(type: string, customerId: string, fields: object) {
    const asked = command(type, customerId, { orderId: 'O', ...fields });
    const told = await credit.tellAll(asked);
    const { status, body } = (await readOutcome(credit.database, asked.id))!;
    return { told, status, body: body as { code?: string; detail?: string; status?: string } };
  }
  const release = (customerId: string, by: object, fields: object = {}) =>
    ask('ReleaseHold', customerId, { by, reason: 'payment-promised', ...fields });
  const answerTo = (customerId: string, by: object, answer: string, fields: object = {}) =>
    ask('AnswerReleaseRequest', customerId, { by, answer, ...fields });
  const decline = (customerId: string, by: object = manager, fields: object = {}) =>
    ask('DeclineHold', customerId, { by, reason: 'too-risky', ...fields });
  const hold = async (customerId: string, total: string, record: object = {}) => {
    await credit.tell(registered(customerId, { salesRepId: 'R-1', ...record }));
    await credit.tell(placed(customerId, 'O', { total: eur(total) }));
  };
  const holdOf = async (customerId: string) => (await loadHolds(credit.database, [{ customerId, orderId: 'O' }]))[0]!;
  const eventsOf = async (customerId: string) =>
    (await readHoldEvents(credit.database, customerId, 'O')).map(({ kind, happenedBy }) => `${kind} ${happenedBy}`);

  /** The newest decision, which must give the same answer again from what is stored with it. */
  async function decisionOf(customerId: string) {
    const [decision] = await readDecisions(credit.database, customerId, { limit: 1 });
    const again = recompute(decision!, await credit.policies.version(credit.database, decision!.policyVersion));
    if (!again.isSame) throw new Error(`${decision!.decisionId} does not give the same answer again`);
    return decision!;
  }

  return { ask, release, answerTo, decline, hold, holdOf, eventsOf, decisionOf };
}
