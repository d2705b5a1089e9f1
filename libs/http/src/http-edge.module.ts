import { Module } from '@nestjs/common';
import { APP_FILTER, APP_INTERCEPTOR } from '@nestjs/core';
import { AnswerInterceptor } from './answer.ts';
import { IdempotencyInterceptor } from './idempotency/idempotency.interceptor.ts';
import { IdempotencyUpkeep } from './idempotency/idempotency-upkeep.ts';
import { HealthController } from './operations/health.controller.ts';
import { MetricsController } from './operations/metrics.controller.ts';
import { ProblemFilter } from './problems/problem.filter.ts';

/** What the HTTP edge of all services shares. Imported by `createService`. */
@Module({
  controllers: [HealthController, MetricsController],
  providers: [
    { provide: APP_FILTER, useClass: ProblemFilter },
    // Outside first: what the inner one puts on the response, the outer one keeps for a repetition.
    { provide: APP_INTERCEPTOR, useClass: IdempotencyInterceptor },
    { provide: APP_INTERCEPTOR, useClass: AnswerInterceptor },
    IdempotencyUpkeep,
  ],
})
export class HttpEdgeModule {}
