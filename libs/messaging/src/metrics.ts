import { counterOf, gaugeOf, histogramOf, type Registry } from '@ordergate/observability';

export type MessagingMetrics = ReturnType<typeof messagingMetrics>;

/** What operations watch of the message path; one set a process, shared by its lanes. */
export function messagingMetrics(registry: Registry) {
  const messages = counterOf(registry, {
    name: 'ordergate_messages_total',
    help: 'Records read from Kafka, by what became of them: handled, duplicate, skipped, misplaced',
    labelNames: ['outcome'],
  });
  // A rate needs the zero before the first.
  for (const outcome of ['handled', 'duplicate', 'skipped', 'misplaced']) messages.inc({ outcome }, 0);
  return {
    messages,
    deadLetters: counterOf(registry, {
      name: 'ordergate_dead_letters_total',
      help: 'Records sent to a dead-letter topic',
    }),
    parkedQueues: gaugeOf(registry, {
      name: 'ordergate_parked_customers',
      help: 'Customers of whom messages of one topic wait parked',
      labelNames: ['consumer'],
    }),
    unpublished: gaugeOf(registry, {
      name: 'ordergate_unpublished_messages',
      help: 'Committed messages that Kafka has not acknowledged yet',
    }),
    transactionSeconds: histogramOf(registry, {
      name: 'ordergate_transaction_seconds',
      help: 'One lane transaction, from begin to commit',
    }),
    latencySeconds: histogramOf(registry, {
      name: 'ordergate_message_latency_seconds',
      help: 'From the timestamp of the record that caused a message to Kafka’s acknowledgement of the message, by its topic',
      labelNames: ['topic'],
    }),
    publishSeconds: histogramOf(registry, {
      name: 'ordergate_publish_seconds',
      help: 'One send of committed messages, until Kafka acknowledged it',
    }),
  };
}
