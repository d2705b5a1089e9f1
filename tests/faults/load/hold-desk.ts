import { setTimeout as pause } from 'node:timers/promises';
import type { CreditHttp } from '../../credit-http.ts';
import type { Chance } from './chance.ts';

interface Hold {
  orderId: string;
  customerId: string;
}

const looksEveryMs = 400;

/** Finance works the holds over HTTP, as people do: releases some beyond the limit, declines some, takes some on. */
export class HoldDesk {
  private readonly http: CreditHttp;
  private readonly chance: Chance;
  private readonly stopping = new AbortController();
  private working: Promise<void> = Promise.resolve();

  constructor(http: CreditHttp, chance: Chance) {
    this.http = http;
    this.chance = chance;
  }

  start(): void {
    this.working = this.work();
  }

  private async work(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      await pause(looksEveryMs, undefined, { signal }).catch(() => undefined);
      // While the service is away, or somebody else was faster, nothing comes of it.
      if (!signal.aborted) await this.workOne().catch(() => undefined);
    }
  }

  private async workOne(): Promise<void> {
    const { items } = await this.http.ask<{ items: Hold[] }>('GET', '/v1/holds?status=open&limit=50');
    if (items.length === 0) return;
    const { orderId, customerId } = this.chance.one(items);
    const about = (action: string) => `/v1/holds/${orderId}/${action}?customerId=${customerId}`;
    const die = this.chance.whole(1, 10);
    if (die <= 6) await this.http.ask('POST', about('release'), { reason: 'payment promised' });
    else if (die <= 8) await this.http.ask('POST', about('decline'), { reason: 'too risky' });
    else await this.http.ask('POST', about('assignment'), { assignedTo: 'u-desk' });
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.working;
  }
}
