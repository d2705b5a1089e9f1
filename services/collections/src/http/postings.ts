import { Injectable } from '@nestjs/common';
import { Database } from '@ordergate/database';
import { accepted, created, ProblemException, type Answer } from '@ordergate/http';
import { MessageSender } from '@ordergate/messaging';
import {
  applyReceivable,
  loadBooks,
  receivableEvent,
  type Book,
  type ReceivableEvent,
  type ReceivableOutcome,
} from '@ordergate/receivables';
import { setTimeout as pause } from 'node:timers/promises';
import { eachCurrencyByItself } from '../handlers/each-currency-by-itself.ts';
import { isSameDocument } from './same-document.ts';

/** Who asks, in the sense of messages: the same command sent twice is one message. */
export interface Command {
  commandId: string;
  traceparent: string;
  /** How long the caller wants to wait for the effect; 0 = not. */
  waitMs: number;
}

export interface Posting {
  type: ReceivableEvent['type'];
  message: { customerId: string };
  documentId: string;
  location: string;
}

const pollMs = 25;

/** Puts what people post on the topic `receivables`, where the gate hears it too; it is true when it comes back from there. */
@Injectable()
export class Postings {
  private readonly database: Database;
  private readonly sender: MessageSender;

  constructor(database: Database, sender: MessageSender) {
    this.database = database;
    this.sender = sender;
  }

  /** 202, or 201 when the wait saw the effect. Throws 400 for what could never be applied, 409 for an id that is taken. */
  async post(posting: Posting, { commandId, traceparent, waitMs }: Command): Promise<Answer> {
    const { type, message, documentId, location } = posting;
    const event = receivableEvent(type, message);
    const { book, outcome } = await this.tryOut(event);
    if (outcome.outcome === 'refused') throw refused(outcome.violations);
    if (outcome.outcome === 'ignored' && !isSameDocument(book, event)) throw taken(documentId);
    const at = new Date();
    const key = message.customerId;
    await this.sender.send(
      [{ topic: 'receivables', key, type, id: commandId, data: message, correlationId: documentId, traceparent }],
      at,
    );
    const isSeen = await this.waitFor(event, at.getTime() + waitMs);
    const body = { customerId: key, status: isSeen ? 'posted' : 'received', url: location };
    return isSeen ? created(location, body) : accepted(location, body);
  }

  private async waitFor(event: ReceivableEvent, untilMs: number): Promise<boolean> {
    while (Date.now() < untilMs) {
      if ((await this.tryOut(event)).outcome.outcome === 'ignored') return true;
      await pause(pollMs);
    }
    return false;
  }

  /** What applying it now would come to; nothing is saved. A document that is known already is ignored. */
  private async tryOut(event: ReceivableEvent): Promise<{ book: Book; outcome: ReceivableOutcome }> {
    const books = await this.database.snapshot((sql) => loadBooks(sql, [event.customerId], [event]));
    const book = books.get(event.customerId)!;
    return { book, outcome: applyReceivable(book, event, eachCurrencyByItself) };
  }
}

function refused(violations: readonly string[]): ProblemException {
  const errors = violations.map((problem) => ({ field: '', problem }));
  return new ProblemException(400, 'validation-failed', violations.join('; '), errors);
}

const taken = (documentId: string): ProblemException =>
  new ProblemException(409, 'version-conflict', `${documentId} has been posted already, with other content`);
