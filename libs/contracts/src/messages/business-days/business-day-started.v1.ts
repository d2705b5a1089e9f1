import { Day } from '../../fields/scalar-fields.ts';
import { Message } from '../../message.ts';

@Message({
  type: 'BusinessDayStarted.v1',
  topic: 'business-days',
  key: 'businessDay',
  doc: 'The calendar of the company has moved on; ageing, expiries and re-evaluations hang on it. A day never goes back.',
})
export class BusinessDayStartedV1 {
  @Day()
  businessDay!: string;
}
