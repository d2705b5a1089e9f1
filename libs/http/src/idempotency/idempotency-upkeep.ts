import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { Database } from '@ordergate/database';
import { LOGGER, type Logger } from '@ordergate/observability';
import { pruneIdempotencyKeys } from './idempotency-key.store.ts';

const everyMs = 3_600_000;

/** Forgets keys that are older than they must be kept, once an hour; several instances only share the work. */
@Injectable()
export class IdempotencyUpkeep implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly modules: ModuleRef;
  private readonly logger: Logger;
  private timer: NodeJS.Timeout | undefined;

  constructor(modules: ModuleRef, @Inject(LOGGER) logger: Logger) {
    this.modules = modules;
    this.logger = logger;
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.prune(), everyMs);
    this.timer.unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  private async prune(): Promise<void> {
    try {
      const database = this.modules.get(Database, { strict: false });
      while ((await pruneIdempotencyKeys(database)) > 0);
    } catch (error) {
      this.logger.warn(`Old idempotency keys stay for another hour: ${(error as Error).message}`);
    }
  }
}
