import { Inject, Module, type DynamicModule, type INestApplication, type OnApplicationShutdown } from '@nestjs/common';
import { HealthState, LOGGER, Registry, type Logger } from '@ordergate/observability';
import { kafkaClient, patientKafkaClient } from './kafka-client.ts';
import { KafkaLanes } from './kafka-lanes.strategy.ts';
import { MessageSender } from './message-sender.ts';
import { Publisher } from './publisher.ts';
import type { MessagingSettings } from './settings.ts';
import type { Subscriptions } from './subscription.ts';

/** Injection token of the service's `MessagingSettings`. */
export const MESSAGING_SETTINGS = Symbol('MESSAGING_SETTINGS');

/** Gives a service its `MessageSender` and, through `lanes`, the transport that its subscriptions run on. */
@Module({})
export class MessagingModule implements OnApplicationShutdown {
  private readonly publisher: Publisher;

  constructor(@Inject(Publisher) publisher: Publisher) {
    this.publisher = publisher;
  }

  static forService(settings: MessagingSettings): DynamicModule {
    return {
      module: MessagingModule,
      global: true,
      providers: [
        { provide: MESSAGING_SETTINGS, useValue: settings },
        {
          provide: Publisher,
          inject: [LOGGER],
          useFactory: (logger: Logger) => new Publisher(kafkaClient(clientOf(settings), logger), logger),
        },
        {
          provide: MessageSender,
          inject: [Publisher],
          useFactory: (publisher: Publisher) =>
            new MessageSender(publisher, settings.topicPrefix, `/ordergate/${settings.service}/http`),
        },
      ],
      exports: [MESSAGING_SETTINGS, MessageSender],
    };
  }

  /** The transport strategy of an application whose module holds the subscriptions' handlers as providers. */
  static lanes(app: INestApplication, subscriptions: Subscriptions): KafkaLanes {
    const settings = app.get<MessagingSettings>(MESSAGING_SETTINGS);
    const logger = app.get<Logger>(LOGGER);
    return new KafkaLanes({
      settings,
      subscriptions,
      logger,
      kafka: kafkaClient(clientOf(settings), logger),
      consumerKafka: patientKafkaClient(clientOf(settings), logger),
      registry: app.get(Registry),
      health: app.get(HealthState),
      resolve: (handler) => app.get(handler, { strict: false }),
    });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.publisher.close();
  }
}

function clientOf({ brokers, service, ssl, sasl }: MessagingSettings) {
  return { brokers, clientId: service, ...(ssl ? { ssl } : {}), ...(sasl ? { sasl } : {}) } as const;
}
