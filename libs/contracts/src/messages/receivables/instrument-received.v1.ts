import { MoneyField, PositiveMoneyV1 } from '../../fields/money-fields.ts';
import { ListOf } from '../../fields/nested-fields.ts';
import { Satisfies } from '../../fields/satisfies.ts';
import { Day, Identifier, OneOf, Text } from '../../fields/scalar-fields.ts';
import { Message } from '../../message.ts';
import { AllocationV1, stayWithinTotal } from '../parts/allocation-v1.ts';

export const instrumentKinds = ['cheque', 'promissory-note'] as const;
export type InstrumentKind = (typeof instrumentKinds)[number];

@Message({
  type: 'InstrumentReceived.v1',
  topic: 'receivables',
  key: 'customerId',
  doc: 'A post-dated cheque or promissory note is in hand; it stays exposure until it clears.',
})
export class InstrumentReceivedV1 {
  @Identifier()
  instrumentId!: string;
  @OneOf(instrumentKinds, { meaning: 'What was handed over' })
  kind!: InstrumentKind;
  @Identifier()
  customerId!: string;
  @Text(200, { optional: true })
  drawer?: string;
  @MoneyField({ sign: 'positive', meaning: 'The sum written on it' })
  total!: PositiveMoneyV1;
  @Day()
  dueOn!: string;
  @Day()
  receivedOn!: string;
  @Identifier({ optional: true })
  heldBy?: string;
  @Satisfies<InstrumentReceivedV1>('must not exceed the total, in its currency', (it) =>
    stayWithinTotal(it, it.allocations),
  )
  @ListOf(() => AllocationV1, { optional: true, itemsMax: 5000 })
  allocations?: AllocationV1[];
}
