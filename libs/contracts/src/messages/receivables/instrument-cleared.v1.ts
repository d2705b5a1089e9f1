import { Day, Identifier } from '../../fields/scalar-fields.ts';
import { Message } from '../../message.ts';

@Message({
  type: 'InstrumentCleared.v1',
  topic: 'receivables',
  key: 'customerId',
  doc: 'A cheque or promissory note has been paid by the bank.',
})
export class InstrumentClearedV1 {
  @Identifier()
  instrumentId!: string;
  @Identifier()
  customerId!: string;
  @Day()
  on!: string;
}
