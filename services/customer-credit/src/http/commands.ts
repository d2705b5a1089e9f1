import { Injectable } from '@nestjs/common';
import { Database } from '@ordergate/database';
import { Answer, ProblemException, type ProblemCode } from '@ordergate/http';
import { MessageSender, type SentMessage } from '@ordergate/messaging';
import { readOutcomes, type CommandOutcome } from '../store/command-outcome.store.ts';

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
    const [outcome] = await this.askAll([command]);
    return outcome ? answerOf(outcome) : new Answer(202, { commandId: command.id }, `/v1/commands/${command.id}`);
  }

  /** Of several, sent together, so that those of one customer are handled in this order; undefined for what took too long. */
  async askAll(commands: readonly Command[]): Promise<(Outcome | undefined)[]> {
    const startedAt = new Date();
    const messages = commands.map(({ customerId, ...message }) => ({
      ...message,
      key: customerId,
      correlationId: customerId,
    }));
    await this.sender.send(messages, startedAt);
    const ids = messages.map(({ id }) => id);
    let outcomes = new Map<string, Outcome>();
    for (
      let pollMs = pollMsFirst;
      Date.now() - startedAt.getTime() < waitMs;
      pollMs = Math.min(pollMs * 2, pollMsMax)
    ) {
      outcomes = await readOutcomes(this.database, ids);
      if (outcomes.size === ids.length) break;
      await new Promise((resolve) => setTimeout(resolve, pollMs));
    }
    return ids.map((id) => outcomes.get(id));
  }

  /** What the command came to; undefined while it has not been handled. A "no" is thrown as a problem. */
  async outcome(commandId: string): Promise<Answer | undefined> {
    const outcome = (await readOutcomes(this.database, [commandId])).get(commandId);
    return outcome && answerOf(outcome);
  }
}

type Outcome = Pick<CommandOutcome, 'status' | 'body'>;

function answerOf({ status, body }: Outcome): Answer {
  if (status < 400) return new Answer(status, body);
  const { code, detail } = body as { code: ProblemCode; detail: string };
  throw new ProblemException(status, code, detail);
}
