import type { ServiceName } from '../../demo/services.ts';
import type { LocalIssuer } from '../../../libs/identity/src/local-issuer.ts';
import type { Role } from '../../../libs/identity/src/roles.ts';
import type { PlannedMessage } from '../../replay/plan-days.ts';

export interface Request {
  service: ServiceName;
  method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  path: string;
  body?: object;
  /** By default the runner itself, a credit manager. */
  as?: { user?: string; roles?: readonly Role[] };
  /** For writes; the same key: the same request again. */
  key?: string;
}

export interface Ask {
  (request: Request): Promise<unknown>;
}

/** A verb's way to the services; `tell` puts messages on the topics in between. */
export interface Call extends Ask {
  tell(messages: PlannedMessage[]): Promise<void>;
}

/** A service said no. */
export class RefusedCall extends Error {
  readonly status: number;
  /** problem+json's `code`. */
  readonly code: string;

  constructor({ method, path }: Request, status: number, problem: { code?: string; detail?: string }) {
    super(`${method} ${path} was answered ${status} ${problem.code ?? ''} ${problem.detail ?? ''}`.trim());
    this.status = status;
    this.code = problem.code ?? String(status);
  }
}

const inFlightMax = 32;
const callMsMax = 20_000;

/** HTTP calls to the four services, so many at once and no more. */
export class Caller {
  private readonly urls: Readonly<Record<ServiceName, string>>;
  private readonly issuer: LocalIssuer;
  private readonly tokens = new Map<string, Promise<string>>();
  private inFlight = 0;
  private readonly queue: (() => void)[] = [];

  constructor(urls: Readonly<Record<ServiceName, string>>, issuer: LocalIssuer) {
    this.urls = urls;
    this.issuer = issuer;
  }

  /** The answer's body. @throws RefusedCall for any 4xx and 5xx */
  async call(request: Request): Promise<unknown> {
    if (this.inFlight >= inFlightMax) await new Promise<void>((go) => this.queue.push(go));
    this.inFlight += 1;
    try {
      return await this.send(request);
    } finally {
      this.inFlight -= 1;
      this.queue.shift()?.();
    }
  }

  private async send(request: Request): Promise<unknown> {
    const { service, method, path, body, as, key } = request;
    const answer = await fetch(`${this.urls[service]}${path}`, {
      method,
      signal: AbortSignal.timeout(callMsMax),
      headers: {
        authorization: `Bearer ${await this.token(as?.user ?? 'scenarios', as?.roles ?? ['credit-manager'])}`,
        ...(body && { 'content-type': 'application/json' }),
        ...(key && method !== 'GET' && { 'idempotency-key': key }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new RefusedCall(request, answer.status, jsonOf(text));
    return text === '' ? undefined : JSON.parse(text);
  }

  /** Messages that the services have committed and Kafka has not acknowledged yet. */
  async unpublished(): Promise<number> {
    const counts = await Promise.all(Object.values(this.urls).map((url) => this.unpublishedOf(url)));
    return counts.reduce((sum, count) => sum + count, 0);
  }

  private async unpublishedOf(url: string): Promise<number> {
    const answer = await fetch(`${url}/metrics`, {
      signal: AbortSignal.timeout(callMsMax),
      headers: { authorization: `Bearer ${await this.token('scenarios-ops', ['ops'])}` },
    });
    const [, count] = /^ordergate_unpublished_messages(?:\{[^}]*\})? (\d+)/m.exec(await answer.text()) ?? [];
    if (count === undefined) throw new Error(`${url}/metrics does not say how many messages are unpublished`);
    return Number(count);
  }

  private token(user: string, roles: readonly Role[]): Promise<string> {
    const name = `${user} ${roles.join(' ')}`;
    const made = this.tokens.get(name) ?? this.issuer.token({ user, roles });
    this.tokens.set(name, made);
    return made;
  }
}

function jsonOf(text: string): { code?: string; detail?: string } {
  try {
    return JSON.parse(text) as { code?: string; detail?: string };
  } catch {
    return { detail: text.slice(0, 200) };
  }
}
