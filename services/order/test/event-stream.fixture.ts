import { eventually } from '@ordergate/testing';

export interface ReadEvent {
  id: string | undefined;
  type: string | undefined;
  data: any;
}

/** Server-sent events as a browser reads them; what is no event goes to `comments`. */
export class EventStream {
  readonly events: ReadEvent[] = [];
  readonly comments: string[] = [];
  hasEnded = false;
  readonly status: number;
  readonly contentType: string | null;
  private readonly reading: Promise<void>;
  private readonly abort: AbortController;

  private constructor(response: Response, abort: AbortController) {
    this.status = response.status;
    this.contentType = response.headers.get('content-type');
    this.abort = abort;
    this.reading = this.read(response);
  }

  static async open(url: string, token: string, lastEventId?: string): Promise<EventStream> {
    const abort = new AbortController();
    const headers = {
      authorization: `Bearer ${token}`,
      ...(lastEventId !== undefined && { 'last-event-id': lastEventId }),
    };
    return new EventStream(await fetch(url, { headers, signal: abort.signal }), abort);
  }

  private async read({ body }: Response): Promise<void> {
    let text = '';
    try {
      for await (const part of body!.pipeThrough(new TextDecoderStream())) {
        text += part;
        const blocks = text.split('\n\n');
        text = blocks.pop()!;
        for (const block of blocks) this.take(block.split('\n'));
      }
    } catch (error) {
      if (!this.abort.signal.aborted) throw error;
    }
    this.hasEnded = true;
  }

  private take(lines: readonly string[]): void {
    const fieldOf = (name: string) => lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
    const [data, comment] = [fieldOf('data'), fieldOf('')];
    if (comment !== undefined) this.comments.push(comment);
    if (data !== undefined) this.events.push({ id: fieldOf('id'), type: fieldOf('event'), data: JSON.parse(data) });
  }

  /** Waits until there are so many events. */
  async atLeast(count: number): Promise<ReadEvent[]> {
    await eventually(() => {
      if (this.events.length < count) throw new Error(`${this.events.length} events, not ${count}`);
    });
    return this.events;
  }

  /** What happened, with where the order stood. */
  async happenings(count: number): Promise<string[]> {
    return (await this.atLeast(count)).map(({ id, type, data }) => `${id} ${data.what ?? type}: ${data.status}`);
  }

  async close(): Promise<void> {
    this.abort.abort();
    await this.reading;
  }
}
