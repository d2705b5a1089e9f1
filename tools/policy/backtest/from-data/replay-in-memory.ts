import type { CustomerRegisteredV1, OrderPlacedV1 } from '@ordergate/contracts';
import { receivableEvent, type ReceivableEvent } from '@ordergate/receivables';
import type { Policy } from '../../../../services/customer-credit/src/domain/policy/policy.ts';
import type { PlannedMessage } from '../../../replay/plan-days.ts';
import type { ReplayPlan } from '../../../replay/read-plan.ts';
import type { ComparedOrder } from '../compared-order.ts';
import { paymentOutcome, type Judging } from '../payment-outcome.ts';
import { Course } from './course.ts';

export interface ReplayOptions {
  plan: ReplayPlan;
  before: Policy;
  after: Policy;
  /** Orders of these days are compared; those before are replayed for what they leave behind. */
  from: string;
  to: string;
  judging: Judging;
  onOrder: (order: ComparedOrder) => void;
  /** What all customers owe and have ordered at the end of a day, by currency, in minor units. */
  onDay: (day: string, owed: { before: ReadonlyMap<string, bigint>; after: ReadonlyMap<string, bigint> }) => void;
}

/** Plays a file's history twice, once under each policy. */
export function replayInMemory({ plan, before, after, from, to, judging, onOrder, onDay }: ReplayOptions): void {
  const courses = [new Course(before), new Course(after)] as const;
  const rows = new Map(plan.rows.map((row) => [row.line, row]));
  const place = ({ data, line }: PlannedMessage, day: string): void => {
    const message = data as unknown as OrderPlacedV1;
    const [answerBefore, answerAfter] = courses.map((course) => course.place(message));
    if (day < from) return;
    const { customerId, minor, currency, dueOn, settledOn } = rows.get(line)!;
    const part =
      settledOn === null ? ({ kind: 'open', dueOn } as const) : ({ kind: 'paid', dueOn, paidOn: settledOn } as const);
    onOrder({
      ...{ customerId, orderId: message.orderId, day, minor, currency },
      ...{ before: answerBefore!, after: answerAfter! },
      payment: paymentOutcome([part], judging),
    });
  };
  for (const { day, steps } of plan.days) {
    if (day > to) return;
    for (const course of courses) course.startDay(day);
    for (const message of steps.flat()) {
      if (message.type === 'OrderPlaced.v1') place(message, day);
      else courses.forEach((course) => tell(course, message));
    }
    for (const course of courses) course.endDay();
    onDay(day, { before: courses[0].owed, after: courses[1].owed });
  }
}

function tell(course: Course, { type, data }: PlannedMessage): void {
  switch (type) {
    case 'BusinessDayStarted.v1':
      return;
    case 'CustomerRegistered.v1':
      return course.register(data as unknown as CustomerRegisteredV1);
  }
  const event: ReceivableEvent = receivableEvent(type, data);
  switch (event.type) {
    case 'InvoicePosted.v1':
      return course.invoice(event);
    case 'PaymentReceived.v1':
    case 'DisputeOpened.v1':
    case 'DisputeResolved.v1':
      return course.receive(event);
    default:
      throw new Error(`No replay of a file sends ${type}`);
  }
}
