import { HttpException } from '@nestjs/common';

/** What can go wrong, for programs (`code`), and its title, for people. SEMANTICS.md 23, and what any HTTP edge has. */
export const PROBLEM_CODES = {
  'validation-failed': 'The request is not valid',
  'not-found': 'Not found',
  'version-conflict': 'Changed by somebody else',
  'idempotency-conflict': 'The Idempotency-Key is in use',
  'hold-not-found': 'There is no such hold',
  'hold-closed': 'The hold is closed',
  'authority-exceeded': 'Beyond your authority',
  'second-person-needed': 'A second person must agree',
  'same-person': 'The second person must be another one',
  'own-order': 'Your own order',
  'not-releasable': 'Cannot be released',
  'not-ready': 'Not ready',
  unauthenticated: 'No valid token',
  'role-missing': 'Not allowed',
  'too-large': 'The request is too large',
  'unsupported-media-type': 'The body must be JSON',
  'too-many-requests': 'Too many requests',
  'internal-error': 'Something went wrong here',
} as const;

export type ProblemCode = keyof typeof PROBLEM_CODES;

export interface FieldProblem {
  /** `lines[0].quantity`; '' = the whole. */
  field: string;
  value?: unknown;
  problem: string;
}

/** RFC 9457, `application/problem+json`. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  code: ProblemCode;
  detail?: string;
  instance?: string;
  errors?: FieldProblem[];
}

/** A "no" to an HTTP caller: thrown by controllers, answered as problem+json. */
export class ProblemException extends HttpException {
  readonly problem: Problem;

  /** `detail`: what went wrong this time, in a sentence for the caller. `errors`: field by field. */
  constructor(status: number, code: ProblemCode, detail?: string, errors?: readonly FieldProblem[]) {
    const problem = problem9457(status, code, detail, errors);
    super(problem, status);
    this.problem = problem;
    this.message = detail ?? problem.title;
  }
}

/** 404 `not-found`: `throw notFound('There is no order SO-1')`. */
export const notFound = (detail: string): ProblemException => new ProblemException(404, 'not-found', detail);

export function problem9457(
  status: number,
  code: ProblemCode,
  detail?: string,
  errors?: readonly FieldProblem[],
): Problem {
  return {
    type: `urn:ordergate:problem:${code}`,
    title: PROBLEM_CODES[code],
    status,
    code,
    ...(detail && { detail }),
    ...(errors && errors.length > 0 && { errors: errors.map(withShortValue) }),
  };
}

const valueCharactersMax = 200;

/** A caller sees what was wrong, not a megabyte of it again. */
function withShortValue({ field, value, problem }: FieldProblem): FieldProblem {
  if (value === undefined) return { field, problem };
  if (typeof value === 'string') return { field, value: value.slice(0, valueCharactersMax), problem };
  if (typeof value === 'object' && value !== null)
    return { field, value: Array.isArray(value) ? '[…]' : '{…}', problem };
  return { field, value: typeof value === 'bigint' ? String(value) : value, problem };
}
