import pg from 'pg';
import { describeEnded, describeMessage, describeMessages, describeQueues } from './describe-parked.ts';
import { outcomeSentences } from './outcome-sentences.ts';
import { readEnded, readMessages, readQueues, readStillParked } from './parked-table.ts';
import { BadUsage, readRequest, usage, type Request } from './request.ts';
import { retryOrDiscard } from './retry-or-discard.ts';
import { whichDatabase } from './which-database.ts';

/** Where the command's lines go. */
export interface Speaker {
  say: (line: string) => void;
  complain: (line: string) => void;
}

/** Returns the exit code: 0 done, 1 not done or not possible, 2 bad usage. */
export async function deadLetters(args: string[], env: NodeJS.ProcessEnv, { say, complain }: Speaker): Promise<number> {
  if (args.length === 0 || args.includes('--help')) {
    say(usage);
    return args.length === 0 ? 2 : 0;
  }
  try {
    const request = readRequest(args);
    const { isDone, lines } = await connected(whichDatabase(request.from, env), (client) => answer(client, request));
    lines.forEach((line) => (isDone ? say(line) : complain(line)));
    return isDone ? 0 : 1;
  } catch (error) {
    complain(inWords(error as Error));
    return error instanceof BadUsage ? 2 : 1;
  }
}

async function connected<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 5_000,
    application_name: 'dead-letters',
  });
  // A connection that breaks says so in the query that uses it.
  client.on('error', () => {});
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end();
  }
}

async function answer(client: pg.Client, request: Request): Promise<{ isDone: boolean; lines: string[] }> {
  switch (request.verb) {
    case 'list': {
      const { customer } = request;
      if (customer === undefined) return { isDone: true, lines: describeQueues(await readQueues(client, undefined)) };
      return { isDone: true, lines: describeMessages(await readMessages(client, customer)) };
    }
    case 'show':
      return show(client, request.id);
    case 'retry':
    case 'discard': {
      const outcome = await retryOrDiscard(client, request);
      const isDone = outcome.count > 0 && outcome.left.length === 0;
      return { isDone, lines: outcomeSentences(request, outcome) };
    }
  }
}

async function show(client: pg.Client, id: string): Promise<{ isDone: boolean; lines: string[] }> {
  const [message] = await readStillParked(client, [id]);
  if (message) return { isDone: true, lines: describeMessage(message) };
  const [ended] = await readEnded(client, [id]);
  return ended
    ? { isDone: true, lines: [describeEnded(ended)] }
    : { isDone: false, lines: [`There is no message ${id}, parked or ended.`] };
}

function inWords(error: Error & { code?: string }): string {
  if (error.code === '42P01') return 'This is not the database of a service: it has no table of parked messages.';
  if (error instanceof BadUsage || error.message) return error.message;
  // Of several addresses that all refused, the driver says only this.
  return `The database cannot be reached (${error.code ?? error.name}).`;
}
