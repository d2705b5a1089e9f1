import { Controller, Inject } from '@nestjs/common';
import { ClientKafka, Ctx, EventPattern, KafkaContext, Payload } from '@nestjs/microservices';
import { randomUUID } from 'node:crypto';
import { lastValueFrom } from 'rxjs';
import { GateService } from './gate.service.ts';
import type { OrderPlaced } from './messages.ts';
import { settings } from './settings.ts';

@Controller()
export class OrdersController {
  private readonly gate: GateService;
  private readonly kafka: ClientKafka;

  constructor(gate: GateService, @Inject('KAFKA') kafka: ClientKafka) {
    this.gate = gate;
    this.kafka = kafka;
  }

  @EventPattern<string>(settings.ordersTopic)
  async onOrder(@Payload() order: OrderPlaced, @Ctx() context: KafkaContext): Promise<void> {
    const { ce_id: id, ce_correlationid: correlationId } = context.getMessage().headers as Record<string, string>;
    const decision = await this.gate.decide(id!, order);
    if (!decision) return;

    const headers = {
      ce_specversion: '1.0',
      ce_id: randomUUID(),
      ce_type: decision.reasons.length === 0 ? 'OrderApproved.v1' : 'OrderHeld.v1',
      ce_source: '/usual-way',
      ce_time: decision.decidedAt,
      'content-type': 'application/json',
      ce_correlationid: correlationId,
      ce_causationid: id,
    };
    await lastValueFrom(this.kafka.emit(settings.decisionsTopic, { key: order.customerId, value: decision, headers }));
  }
}
