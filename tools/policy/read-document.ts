import { readFileSync } from 'node:fs';
import type { Policy } from '../../services/customer-credit/src/domain/policy/policy.ts';
import { readPolicy } from '../../services/customer-credit/src/policy-file.ts';

/** @throws Error whose lines name every mistake with file, line and column, or say that there is no such file */
export function readDocument(file: string): Policy {
  return readPolicy(textOf(file), file);
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new Error(`${file}: ${code === 'ENOENT' ? 'there is no such file' : message}`, { cause: error });
  }
}
