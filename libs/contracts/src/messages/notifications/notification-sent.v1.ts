import { Count, Identifier, Instant, OneOf, Pattern } from '../../fields/scalar-fields.ts';
import { languagePattern, languageProblem } from '../parts/customer-v1.ts';
import { Message } from '../../message.ts';

@Message({
  type: 'NotificationSent.v1',
  topic: 'notifications',
  key: 'recipientId',
  doc: 'A notification has been handed over to the recipient’s server.',
})
export class NotificationSentV1 {
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
  @Instant({ meaning: 'When it was handed over' })
  sentAt!: string;
}
