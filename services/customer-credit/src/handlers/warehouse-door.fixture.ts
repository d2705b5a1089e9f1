import { barePolicy } from '../domain/policy/policy.ts';
import { creditLane, type Told } from './credit-lane.fixture.ts';
import { placed, registered } from './credit-messages.fixture.ts';

/** A lane whose approvals last five days and let out a tenth more. */
export async function warehouseDoor() {
  const lane = await creditLane({
    ...barePolicy,
    approval: { ...barePolicy.approval, tolerancePercent: '10', validDays: 5 },
  });
  let customers = 0;
  /** A customer whose order O of 100.00 EUR is approved up to 110.00 until 2026-03-07. */
  async function withApproval(fields: object = {}): Promise<string> {
    const customerId = `C-${(customers += 1)}`;
    await lane.tellOneByOne(registered(customerId, fields), placed(customerId, 'O'));
    return customerId;
  }
  return { lane, withApproval };
}

/** Each as its type and its reasons. */
export const briefly = (told: readonly Told[]) =>
  told.map(({ type, data, violations }) =>
    violations
      ? `dead: ${violations}`
      : [type.replace('.v1', ''), ...(data.reasons ?? []).map(({ code }: { code: string }) => code)].join(' '),
  );
