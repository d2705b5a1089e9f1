import { Injectable } from '@nestjs/common';
import { Database } from '@ordergate/database';
import { accepted, created, notFound, ProblemException, type Answer } from '@ordergate/http';
import { MessageSender, readBusinessDay } from '@ordergate/messaging';
import { setTimeout as pause } from 'node:timers/promises';
import type { Commitment, Instalment } from '../domain/promise/commitment.ts';
import { readCommitment } from '../store/commitment.store.ts';
import { isCustomerKnown } from '../store/customer.store.ts';
import type { Command } from './postings.ts';

/** A promise or a plan as somebody wants to make it. */
export interface NewCommitment {
  kind: Commitment['kind'];
  id: string;
  customerId: string;
  currency: string;
  instalments: readonly Instalment[];
  /** The command that makes it. */
  type: 'RecordPromise.v1' | 'AgreePaymentPlan.v1';
  data: { customerId: string };
}

const pollMs = 25;

export const commitmentPath = (customerId: string, kind: Commitment['kind'], id: string): string =>
  `/v1/customers/${encodeURIComponent(customerId)}/${kind === 'promise' ? 'promises' : 'payment-plans'}/${encodeURIComponent(id)}`;

/** Sends what customers commit to through their partition; it is true when their lane has handled it. */
@Injectable()
export class Commitments {
  private readonly database: Database;
  private readonly sender: MessageSender;

  constructor(database: Database, sender: MessageSender) {
    this.database = database;
    this.sender = sender;
  }

  /** 202, or 201 when the wait saw the effect. */
  async make(commitment: NewCommitment, { commandId, traceparent, waitMs }: Command): Promise<Answer> {
    const { kind, id, customerId, type, data } = commitment;
    await this.refuseImpossible(commitment);
    const at = new Date();
    await this.sender.send(
      [{ topic: 'collection-commands', key: customerId, type, id: commandId, data, correlationId: id, traceparent }],
      at,
    );
    const isSeen = await this.waitFor(commitment, at.getTime() + waitMs);
    const location = commitmentPath(customerId, kind, id);
    const body = { customerId, [`${kind}Id`]: id, status: isSeen ? 'open' : 'received', url: location };
    return isSeen ? created(location, body) : accepted(location, body);
  }

  private async refuseImpossible(commitment: NewCommitment): Promise<void> {
    const { kind, id, customerId, instalments } = commitment;
    const [today, isKnown, before] = await Promise.all([
      readBusinessDay(this.database),
      isCustomerKnown(this.database, customerId),
      readCommitment(this.database, customerId, kind, id),
    ]);
    if (today === null) throw new ProblemException(503, 'not-ready', 'No business day has started yet');
    if (!isKnown) throw notFound(`There is no customer ${customerId}`);
    if (before && textOf(before) !== textOf(commitment))
      throw new ProblemException(409, 'version-conflict', `${id} has been recorded already, with other content`);
    const late = instalments.findIndex(({ payOn }) => payOn < today);
    if (before || late < 0) return;
    const field = kind === 'promise' ? 'payOn' : `instalments[${late}].dueOn`;
    const problem = `must be ${today}, the business day, or later`;
    throw new ProblemException(400, 'validation-failed', `${field} ${problem}`, [
      { field, value: instalments[late]!.payOn, problem },
    ]);
  }

  private async waitFor({ customerId, kind, id }: NewCommitment, untilMs: number): Promise<boolean> {
    while (Date.now() < untilMs) {
      if (await readCommitment(this.database, customerId, kind, id)) return true;
      await pause(pollMs);
    }
    return false;
  }
}

const textOf = ({ currency, instalments }: Pick<NewCommitment, 'currency' | 'instalments'>): string =>
  [currency, ...instalments.map(({ payOn, amount }) => `${payOn} ${amount}`).sort()].join(', ');
