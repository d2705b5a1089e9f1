import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ClientsModule, Transport, type KafkaOptions } from '@nestjs/microservices';
import kafkajs from 'kafkajs';
import { DataSource } from 'typeorm';
import { CreditAccount, CustomerOrder, InboxMessage, StoredDecision } from './entities.ts';
import { GateService } from './gate.service.ts';
import { OrdersController } from './orders.controller.ts';
import { concurrency, settings } from './settings.ts';

const client = { clientId: 'usual-way', brokers: [settings.broker] };
const producer = { allowAutoTopicCreation: false, createPartitioner: kafkajs.Partitioners.DefaultPartitioner };

@Module({
  imports: [
    ClientsModule.register([
      { name: 'KAFKA', transport: Transport.KAFKA, options: { client, producer, producerOnlyMode: true } },
    ]),
  ],
  controllers: [OrdersController],
  providers: [
    GateService,
    {
      provide: DataSource,
      useFactory: () =>
        new DataSource({
          type: 'postgres',
          url: settings.databaseUrl,
          entities: [CreditAccount, CustomerOrder, StoredDecision, InboxMessage],
          synchronize: true,
          extra: { max: concurrency },
        }).initialize(),
    },
  ],
})
class UsualWayModule {}

const app = await NestFactory.createMicroservice<KafkaOptions>(UsualWayModule, {
  logger: ['warn', 'error'],
  transport: Transport.KAFKA,
  options: {
    client,
    producer,
    consumer: { groupId: 'usual-way', allowAutoTopicCreation: false, maxWaitTimeInMs: 500 },
    subscribe: { fromBeginning: true },
    run: { partitionsConsumedConcurrently: concurrency },
  },
});
await app.listen();
process.send?.({ kind: 'started' });
process.on('disconnect', () => void app.close().finally(() => process.exit()));
