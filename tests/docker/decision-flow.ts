import assert from 'node:assert/strict';
import { writeEvent } from '@ordergate/contracts';
import { eventually, publish, readTopic } from '@ordergate/testing';
import type { ComposedService, ComposedSystem } from './composed-system.ts';

interface Reasons {
  reasons: { code: string }[];
}
interface Order {
  status: string;
  decision?: Reasons;
}
interface Ask {
  as: 'accounting' | 'credit-manager' | 'order-system';
  body?: object;
  key?: string;
}

const prefix = 'ordergate.';
// Longer than a broker or a database that has just started needs until every service is connected again.
const patience = { timeoutMs: 90_000, everyMs: 250 };
const codesOf = (decision: Reasons | undefined) => decision?.reasons.map(({ code }) => code);
const eur = (amount: string) => ({ amount, currency: 'EUR' });

/** Order systems and finance as they are: outside of the containers, by HTTP with a token and by Kafka. */
export class DecisionFlow {
  private readonly system: ComposedSystem;
  private readonly tokens: Record<Ask['as'], string>;
  private readonly placed: string[] = [];

  private constructor(system: ComposedSystem, tokens: Record<Ask['as'], string>) {
    this.system = system;
    this.tokens = tokens;
  }

  static async open(system: ComposedSystem): Promise<DecisionFlow> {
    const token = (role: Ask['as']) => system.token(`${role}-1`, [role]);
    return new DecisionFlow(system, {
      accounting: await token('accounting'),
      'credit-manager': await token('credit-manager'),
      'order-system': await token('order-system'),
    });
  }

  /** A new customer with a limit of 1,000 EUR, who takes exactly that and then asks for more; throws what is not as it must be. */
  async prove(round: string, say: (detail: string) => void): Promise<void> {
    const customerId = `C-${round}`;
    say('a customer is registered over HTTP');
    await this.register(customerId);
    say('orders over HTTP: approved, held with its reason');
    await this.placeOverHttp(`${round}-1`, customerId, '600.00', 'approved');
    await this.placeOverHttp(`${round}-2`, customerId, '500.00', 'held');
    say('orders through Kafka: approved up to the limit, held above it');
    await this.placeThroughKafka(`${round}-3`, customerId, '400.00', []);
    await this.placeThroughKafka(`${round}-4`, customerId, '0.01', ['credit-limit-exceeded']);
    say('an invoice over HTTP moves the exposure, and the held order is noted for finance');
    await this.invoice(`${round}-1`, customerId, '600.00');
    await this.heldOrderIsNoted(`${round}-2`);
  }

  /** How many were placed so far. */
  get orders(): number {
    return this.placed.length;
  }

  /** Restarts have doubled nothing and lost nothing. */
  async proveOneDecisionEach(): Promise<void> {
    const decisions = await readTopic(`${prefix}credit-decisions`, this.system.brokers);
    try {
      await decisions.waitFor(this.placed.length, undefined, patience.timeoutMs);
      const decided = decisions.records.map(({ value }) => value.orderId as string);
      assert.deepEqual(decided.sort(), [...this.placed].sort());
    } finally {
      await decisions.stop();
    }
  }

  private async register(customerId: string): Promise<void> {
    const record = { name: 'Müller & Söhne', currency: 'EUR', language: 'en', country: 'DE' };
    const body = { customerId, ...record, limit: { kind: 'amount', amount: eur('1000.00') } };
    await this.ask('customer-credit', 'PUT', `/v1/customers/${customerId}`, { as: 'credit-manager', body });
    await eventually(async () => {
      const account = await this.ask<{ limit: object }>('customer-credit', 'GET', `/v1/credit-accounts/${customerId}`);
      assert.deepEqual(account.limit, { kind: 'amount', amount: eur('1000.00') });
    }, patience);
  }

  private async placeOverHttp(orderId: string, customerId: string, amount: string, status: string): Promise<void> {
    this.placed.push(orderId);
    const body = { orderId, customerId, total: eur(amount) };
    await this.ask('order', 'POST', '/v1/orders?wait=5s', { as: 'order-system', body, key: orderId });
    await eventually(async () => {
      const order = await this.ask<Order>('order', 'GET', `/v1/orders/${orderId}?wait=5s`, { as: 'order-system' });
      assert.equal(order.status, status);
      assert.deepEqual(codesOf(order.decision), status === 'held' ? ['credit-limit-exceeded'] : []);
    }, patience);
  }

  private async placeThroughKafka(orderId: string, customerId: string, amount: string, codes: string[]): Promise<void> {
    this.placed.push(orderId);
    const placedAt = new Date().toISOString();
    const data = { orderId, orderVersion: 1, customerId, total: eur(amount), placedAt };
    const event = writeEvent({ id: orderId, type: 'OrderPlaced.v1', source: '/docker-test', time: placedAt, data });
    // The same message twice changes nothing, so it may be tried again.
    await eventually(() => publish(this.system.brokers, `${prefix}orders`, [{ key: customerId, ...event }]), patience);
    await eventually(async () => {
      const decisions = await readTopic(`${prefix}credit-decisions`, this.system.brokers);
      try {
        const [decision] = await decisions.waitFor(1, ({ value }) => value.orderId === orderId);
        assert.equal(decision!.headers['ce_type'], codes.length === 0 ? 'OrderApproved.v1' : 'OrderHeld.v1');
        assert.deepEqual(codesOf(decision!.value as Reasons), codes);
      } finally {
        await decisions.stop();
      }
    }, patience);
  }

  private async invoice(orderId: string, customerId: string, amount: string): Promise<void> {
    const [issuedOn, dueOn] = ['2026-01-01', '2099-12-31'];
    const body = { invoiceId: `I-${orderId}`, customerId, orderId, total: eur(amount), issuedOn, dueOn };
    await this.ask('collections', 'POST', '/v1/invoices?wait=5s', { as: 'accounting', body, key: orderId });
    await eventually(async () => {
      const { items } = await this.ask<{ items: { open: object }[] }>(
        'collections',
        'GET',
        `/v1/customers/${customerId}/open-items`,
      );
      assert.deepEqual(
        items.map(({ open }) => open),
        [eur(amount)],
      );
      const { exposure } = await this.ask<{ exposure: Record<string, object> }>(
        'customer-credit',
        'GET',
        `/v1/credit-accounts/${customerId}/exposure`,
      );
      assert.deepEqual([exposure.openOrders, exposure.receivables], [eur('400.00'), eur(amount)]);
    }, patience);
  }

  private async heldOrderIsNoted(orderId: string): Promise<void> {
    await eventually(async () => {
      const { items } = await this.ask<{ items: { status: string }[] }>(
        'notification',
        'GET',
        `/v1/notifications?orderId=${orderId}`,
      );
      assert.deepEqual(
        items.map(({ status }) => status),
        ['recorded'],
      );
    }, patience);
  }

  /** Asks until the service answers with a success: it may just be starting, or its database. */
  private ask<Answer>(
    service: ComposedService,
    method: string,
    path: string,
    { as, body, key }: Ask = { as: 'credit-manager' },
  ): Promise<Answer> {
    return eventually(async () => {
      const response = await fetch(`${this.system.urlOf(service)}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${this.tokens[as]}`,
          'content-type': 'application/json',
          ...(key && { 'idempotency-key': key }),
        },
        ...(body && { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(20_000),
      });
      const text = await response.text();
      if (!response.ok) throw new Error(`${service} answers ${method} ${path} with ${response.status}: ${text}`);
      return JSON.parse(text) as Answer;
    }, patience);
  }
}
