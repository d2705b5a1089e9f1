import { formatMinor } from '@ordergate/money';
import { setTimeout as pause } from 'node:timers/promises';
import type { CreditHttp } from '../../credit-http.ts';
import type { Chance } from './chance.ts';

/** Two groups under a third, so that what one lane locks another waits for, and one that stands alone. Limits in cents. */
const groups = [
  { groupId: 'G-holding', limitMinor: 1_600_000 },
  { groupId: 'G-south', parentId: 'G-holding', limitMinor: 900_000 },
  { groupId: 'G-north', parentId: 'G-holding', limitMinor: 900_000 },
  { groupId: 'G-alone', limitMinor: 800_000 },
] as const;

const changesEveryMs = 2_000;
const askAgainMs = 100;
const patienceMs = 60_000;

/** Makes the company's credit groups and changes the limit of one now and then, as people do: over HTTP. */
export class CreditManager {
  private readonly http: CreditHttp;
  private readonly chance: Chance;
  private readonly stopping = new AbortController();
  private working: Promise<void> = Promise.resolve();

  constructor(http: CreditHttp, chance: Chance) {
    this.http = http;
    this.chance = chance;
  }

  /** Returns when the groups are there. @throws Error when the service takes none of them within a minute */
  async start(): Promise<void> {
    for (const group of groups) {
      const giveUpAtMs = Date.now() + patienceMs;
      for (let isMade = false; !isMade;) {
        isMade = await this.put(group);
        if (!isMade && Date.now() > giveUpAtMs) throw new Error(`Credit group ${group.groupId} cannot be made.`);
        if (!isMade) await pause(askAgainMs);
      }
    }
    this.working = this.work();
  }

  private async work(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      await pause(changesEveryMs, undefined, { signal }).catch(() => undefined);
      const group = this.chance.one(groups);
      const percent = this.chance.whole(60, 140);
      // While the service is away nobody changes anything.
      if (!signal.aborted) await this.put({ ...group, limitMinor: (group.limitMinor / 100) * percent });
    }
  }

  private async put({ groupId, limitMinor, ...above }: { groupId: string; parentId?: string; limitMinor: number }) {
    const amount = { amount: formatMinor(BigInt(limitMinor), 'EUR'), currency: 'EUR' };
    try {
      const body = { currency: 'EUR', limit: { kind: 'amount', amount }, ...above, reason: 'crash test' };
      await this.http.ask('PUT', `/v1/credit-groups/${groupId}`, body);
      return true;
    } catch {
      return false;
    }
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.working;
  }
}
