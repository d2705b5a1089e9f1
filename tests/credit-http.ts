import { randomUUID } from 'node:crypto';

/** What a credit manager does over customer-credit's HTTP. */
export class CreditHttp {
  private readonly url: string;
  private readonly token: string;
  private readonly patienceMs: number;

  constructor(url: string, token: string, patienceMs = 30_000) {
    this.url = url;
    this.token = token;
    this.patienceMs = patienceMs;
  }

  /** The answer's body. @throws Error when it is no success, or none comes in time */
  async ask<Body>(method: 'GET' | 'PUT' | 'POST', path: string, body?: object): Promise<Body> {
    const answer = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(body && { 'content-type': 'application/json', 'idempotency-key': randomUUID() }),
      },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(this.patienceMs),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as Body;
  }

  /** The same for many, some side by side. */
  async askAll(method: 'PUT' | 'POST', asked: readonly (readonly [path: string, body: object])[]): Promise<void> {
    const rest = asked.values();
    const askOneByOne = async (): Promise<void> => {
      for (const [path, body] of rest) await this.ask(method, path, body);
    };
    await Promise.all(Array.from({ length: 16 }, askOneByOne));
  }
}
