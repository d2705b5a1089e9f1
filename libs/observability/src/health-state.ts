/** Says why a part is not ready, in a sentence; null when it is. */
export type Check = () => Promise<string | null> | string | null;

export interface Trouble {
  part: string;
  why: string;
}

const checkTimeoutMs = 2000;

/** What a service's parts (database, consumers, business day …) say about being ready for work. */
export class HealthState {
  private readonly checks = new Map<string, Check>();

  /** Adds a part's check, or replaces it; returns the function that takes it away. */
  register(name: string, check: Check): () => void {
    this.checks.set(name, check);
    return () => {
      if (this.checks.get(name) === check) this.checks.delete(name);
    };
  }

  /** Every part that is not ready and why; [] = ready. A check that throws or takes longer than 2 s is not ready. */
  async troubles(): Promise<Trouble[]> {
    const answers = await Promise.all([...this.checks].map(async ([part, check]) => ({ part, why: await ask(check) })));
    return answers.filter((answer): answer is Trouble => answer.why !== null);
  }
}

async function ask(check: Check): Promise<string | null> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<string>((resolve) => {
    timer = setTimeout(resolve, checkTimeoutMs, `no answer within ${checkTimeoutMs / 1000} s`);
  });
  try {
    return await Promise.race([Promise.resolve().then(check), tooLate]);
  } catch (error) {
    return error instanceof Error && error.message ? error.message : String(error);
  } finally {
    clearTimeout(timer);
  }
}
