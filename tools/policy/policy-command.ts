import { noProgress, type Progress } from './backtest/progress.ts';
import { runBacktest } from './backtest/run-backtest.ts';
import { comparePolicies } from './compare/compare-policies.ts';
import { differencesText } from './compare/differences-text.ts';
import { policyText } from './policy-text.ts';
import { readDocument } from './read-document.ts';
import { BadUsage, readRequest, usage, type Request } from './request.ts';

/** Where the command's lines go. */
export interface Speaker {
  say: (line: string) => void;
  complain: (line: string) => void;
}

/** Returns the exit code: 0 done, 1 a document is broken or something is not there, 2 bad usage. */
export async function policyCommand(
  args: readonly string[],
  speaker: Speaker,
  progress: Progress = noProgress,
): Promise<number> {
  if (args.length === 0 || args.includes('--help')) {
    speaker.say(usage);
    return args.length === 0 ? 2 : 0;
  }
  try {
    return await run(readRequest(args), speaker, progress);
  } catch (error) {
    speaker.complain(inWords(error as Error));
    return error instanceof BadUsage ? 2 : 1;
  }
}

function inWords({ code, message, name }: Error & { code?: string }): string {
  // Postgres knows no such table.
  if (code === '42P01') return 'This is not the database of customer-credit: it has no decisions.';
  // Of several addresses that all refused, the driver says only this.
  return message || `The database cannot be reached (${code ?? name}).`;
}

async function run(request: Request, speaker: Speaker, progress: Progress): Promise<number> {
  switch (request.verb) {
    case 'validate':
      return Math.max(...request.files.map((file) => validate(file, speaker)));
    case 'diff': {
      const [before, after] = request.files.map((file) => ({ file, policy: readDocument(file) }));
      const compared = comparePolicies(before!.policy, after!.policy);
      speaker.say(
        request.asJson ? JSON.stringify(compared, null, 2) : differencesText(compared, before!.file, after!.file),
      );
      return 0;
    }
    case 'backtest':
      speaker.say(await runBacktest(request, progress));
      return 0;
  }
}

/** Each file for itself: a broken one does not hide the next. */
function validate(file: string, { say, complain }: Speaker): number {
  try {
    say(policyText(readDocument(file), file));
    return 0;
  } catch (error) {
    complain((error as Error).message);
    return 1;
  }
}
