import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Chance } from './chance.ts';

interface Hold {
  orderId: string;
  customerId: string;
}

const looksEveryMs = 400;

/** Finance works the holds over HTTP, as people do: releases some beyond the limit, declines some, takes some on. */
export class HoldDesk {
  private readonly url: string;
  private readonly token: string;
  private readonly chance: Chance;
  private readonly stopping = new AbortController();
  private working: Promise<void> = Promise.resolve();

  /** @param url of customer-credit @param token of a credit manager */
  constructor(url: string, token: string, chance: Chance) {
    this.url = url;
    this.token = token;
    this.chance = chance;
  }

  start(): void {
    this.working = this.work();
  }

  private async work(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      await pause(looksEveryMs, undefined, { signal }).catch(() => undefined);
      // While the service is away nobody works.
      if (!signal.aborted) await this.workOne().catch(() => undefined);
    }
  }

  private async workOne(): Promise<void> {
    const { items } = (await this.ask('GET', '?status=open&limit=50')) as { items: Hold[] };
    if (items.length === 0) return;
    const { orderId, customerId } = this.chance.one(items);
    const die = this.chance.whole(1, 10);
    if (die <= 6)
      await this.ask('POST', `/${orderId}/release?customerId=${customerId}`, { reason: 'payment promised' });
    else if (die <= 8) await this.ask('POST', `/${orderId}/decline?customerId=${customerId}`, { reason: 'too risky' });
    else await this.ask('POST', `/${orderId}/assignment?customerId=${customerId}`, { assignedTo: 'u-desk' });
  }

  private async ask(method: string, path: string, body?: object): Promise<unknown> {
    const answer = await fetch(`${this.url}/v1/holds${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(body && { 'content-type': 'application/json', 'idempotency-key': randomUUID() }),
      },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(5_000),
    });
    return answer.json();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.working;
  }
}
