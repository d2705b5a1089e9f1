import { Day, Identifier } from '../../fields/scalar-fields.ts';
import { Message } from '../../message.ts';

@Message({
  type: 'InstrumentBounced.v1',
  topic: 'receivables',
  key: 'customerId',
  doc: 'A cheque or promissory note was not paid: what it covered is receivable again.',
})
export class InstrumentBouncedV1 {
  @Identifier()
  instrumentId!: string;
  @Identifier()
  customerId!: string;
  @Day()
  on!: string;
}
