import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { DataSource, type EntityManager } from 'typeorm';
import { CreditAccount, CustomerOrder, InboxMessage, StoredDecision } from './entities.ts';
import { told, type Decision, type OrderPlaced } from './messages.ts';

/** Decides one order in one transaction. */
@Injectable()
export class GateService {
  private readonly dataSource: DataSource;

  constructor(dataSource: DataSource) {
    this.dataSource = dataSource;
  }

  /** @returns null for a message that was handled before */
  decide(messageId: string, order: OrderPlaced): Promise<Decision | null> {
    return this.dataSource.transaction(async (manager) => {
      if (!(await this.isNew(manager, messageId))) return null;
      const accounts = manager.getRepository(CreditAccount);
      const account = await accounts.findOneOrFail({
        where: { customerId: order.customerId },
        lock: { mode: 'pessimistic_write' },
      });
      const total = minorOf(order.total.amount);
      const isApproved = account.openOrders + total <= account.limitMinor;
      const decision = told(order, account, { decisionId: randomUUID(), at: new Date(), isApproved, total });
      const outcome = isApproved ? 'approved' : 'held';

      const { orderId, customerId, orderVersion } = order;
      const placedAt = new Date(order.placedAt);
      await manager
        .getRepository(CustomerOrder)
        .save({ orderId, customerId, orderVersion, total, status: outcome, placedAt });
      await manager
        .getRepository(StoredDecision)
        .insert({ customerId, seq: decision.seq, orderId, outcome, told: decision });
      const openOrders = account.openOrders + (isApproved ? total : 0n);
      await accounts.update({ customerId }, { seq: decision.seq, openOrders });
      return decision;
    });
  }

  private async isNew(manager: EntityManager, id: string): Promise<boolean> {
    const inserted = await manager
      .getRepository(InboxMessage)
      .createQueryBuilder()
      .insert()
      .values({ id, receivedAt: new Date() })
      .orIgnore()
      .returning('id')
      .execute();
    return (inserted.raw as unknown[]).length === 1;
  }
}

const minorOf = (amount: string): bigint => BigInt(amount.replace('.', ''));
