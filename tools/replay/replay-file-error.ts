import { readFileSync } from 'node:fs';

/** A file that cannot be replayed; the message names every place and is for people. Nothing has been sent. */
export class ReplayFileError extends Error {
  constructor(file: string, problems: readonly string[]) {
    const shown = problems.slice(0, shownMax);
    const rest = problems.length > shownMax ? [`… and ${problems.length - shownMax} more`] : [];
    super(
      [`${file} cannot be replayed, nothing was sent:`, ...[...shown, ...rest].map((line) => `  ${line}`)].join('\n'),
    );
  }
}

const shownMax = 20;

/** @throws ReplayFileError when there is no such file, or none that may be read */
export function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new ReplayFileError(file, [isMissing ? 'there is no such file' : (error as Error).message]);
  }
}
