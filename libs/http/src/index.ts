export {
  notFound,
  PROBLEM_CODES,
  ProblemException,
  type FieldProblem,
  type Problem,
  type ProblemCode,
} from './problems/problem.ts';
export { problemOf } from './problems/problem-of.ts';
export { Answer, accepted, created } from './answer.ts';
export { ValidBody } from './input/valid-body.ts';
export { IdParam, IDENTIFIER, pathId } from './input/id-param.ts';
export { QueryParam, QueryParams, type QueryKind } from './input/query-param.ts';
export { WaitParam } from './input/wait-param.ts';
export { LastEventId } from './input/last-event-id.ts';
export { Traceparent } from './input/traceparent-param.ts';
export { CommandId, uuidV5, uuidV7 } from './idempotency/command-id.ts';
export { NoIdempotency } from './idempotency/idempotency.interceptor.ts';
export { pruneIdempotencyKeys } from './idempotency/idempotency-key.store.ts';
export { CreateIdempotencyKey1763800000000 } from './idempotency/create-idempotency-key.migration.ts';
export { decodeCursor, encodeCursor, type CursorPart } from './paging/cursor.ts';
export { pageOf, PageParam, type Page, type PageRequest } from './paging/page.ts';
export { createService, listen, type ServiceSettings } from './create-service.ts';
export { startService, type StartSettings } from './start-service.ts';
export { openApiOf } from './open-api.ts';
