export {
  deadLetter,
  type BatchHandler,
  type Cause,
  type Chunk,
  type CommitObserver,
  type DeadLetter,
  type Delivery,
  type LateMessage,
  type LateSends,
  type Outgoing,
  type OutgoingMessage,
  type RawRecord,
  type Undecided,
} from './delivery.ts';
export { type Subscription, type Subscriptions } from './subscription.ts';
export { OnBusinessDays, readBusinessDay, saveBusinessDay } from './business-day.ts';
export { holdLanes, waitForOpenChunks } from './wait-for-open-chunks.ts';
export { KafkaLanes, type KafkaLanesOptions } from './kafka-lanes.strategy.ts';
export { kafkaClient, type KafkaSettings } from './kafka-client.ts';
export { MessageSender, type SentMessage } from './message-sender.ts';
export { messagingSettings, type MessagingSettings } from './settings.ts';
export { MESSAGING_SETTINGS, MessagingModule } from './messaging.module.ts';
export { isAnythingParked } from './parked-messages.ts';
export { partitionOf } from './partition-of.ts';
export { Publisher, type Sendable } from './publisher.ts';
export { MessagingTables1790000000000 } from './migrations/messaging-tables.ts';
