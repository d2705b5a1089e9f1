import { Injectable } from '@nestjs/common';
import { Database } from '@ordergate/database';
import { Answer, ProblemException, type ProblemCode } from '@ordergate/http';
import { MessageSender, type SentMessage } from '@ordergate/messaging';
import { readOutcome } from '../store/command-outcome.store.ts';

const waitMs = 10_000;
const pollMsFirst = 5;
const pollMsMax = 50;

type Command = Omit<SentMessage, 'key' | 'correlationId'> & { customerId: string; traceparent: string };

/** People's writes: published to the customer's partition, answered when its lane has handled them. */
@Injectable()
export class Commands {
  private readonly database: Database;
  private readonly sender: MessageSender;

  constructor(database: Database, sender: MessageSender) {
    this.database = database;
    this.sender = sender;
  }

  /** The command's outcome; after 10 s 202 with a Location to ask again. `id` makes a repeated request the same command. */
  async ask(command: Command): Promise<Answer> {
    const { customerId, ...message } = command;
    const startedAt = new Date();
    await this.sender.send([{ ...message, key: customerId, correlationId: customerId }], startedAt);
    for (
      let pollMs = pollMsFirst;
      Date.now() - startedAt.getTime() < waitMs;
      pollMs = Math.min(pollMs * 2, pollMsMax)
    ) {
      const answer = await this.outcome(message.id);
      if (answer) return answer;
      await new Promise((resolve) => setTimeout(resolve, pollMs));
    }
    return new Answer(202, { commandId: message.id }, `/v1/commands/${message.id}`);
  }

  /** The outcome as a value: for calls that ask for several things at once. */
  async askQuietly(command: () => Promise<Command>): Promise<{ status: number; body: object }> {
    try {
      const { status, body } = await this.ask(await command());
      return { status, body: body as object };
    } catch (error) {
      if (error instanceof ProblemException) return { status: error.problem.status, body: error.problem };
      throw error;
    }
  }

  /** What the command came to; undefined while it has not been handled. A "no" is thrown as a problem. */
  async outcome(commandId: string): Promise<Answer | undefined> {
    const outcome = await readOutcome(this.database, commandId);
    if (!outcome) return undefined;
    if (outcome.status < 400) return new Answer(outcome.status, outcome.body);
    const { code, detail } = outcome.body as { code: ProblemCode; detail: string };
    throw new ProblemException(outcome.status, code, detail);
  }
}
