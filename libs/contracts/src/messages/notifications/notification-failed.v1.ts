import { Count, Identifier, Instant, OneOf, Pattern, Text } from '../../fields/scalar-fields.ts';
import { languagePattern, languageProblem } from '../parts/customer-v1.ts';
import { Message } from '../../message.ts';

@Message({
  type: 'NotificationFailed.v1',
  topic: 'notifications',
  key: 'recipientId',
  doc: 'A notification could not be delivered and is given up.',
})
export class NotificationFailedV1 {
  @Identifier({ meaning: 'Id of the notification, the same in every attempt' })
  notificationId!: string;
  @Identifier({ meaning: 'Whom it is for; the address is known to notification alone' })
  recipientId!: string;
  @Identifier({ optional: true })
  customerId?: string;
  @Identifier({ optional: true })
  orderId?: string;
  @Identifier({ meaning: 'Name of the text' })
  template!: string;
  @OneOf(['mail', 'webhook'], { meaning: 'By which way' })
  channel!: 'mail' | 'webhook';
  @Pattern(languagePattern, languageProblem, { optional: true, meaning: 'Language it is written in' })
  language?: string;
  @Count(1, 1000, { meaning: 'How often it was tried' })
  attempts!: number;
  @Text(500, { meaning: 'What the last attempt was answered' })
  problem!: string;
  @Instant({ meaning: 'When it was given up' })
  failedAt!: string;
}
