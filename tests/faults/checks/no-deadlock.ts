import { check } from './check.ts';

/** Locks are taken in one order everywhere, so no two transactions ever wait for each other. */
export const noDeadlock = check<'deadlocks'>(
  'no-deadlock',
  'Postgres has ended no transaction because two waited for each other',
  ({ deadlocks }) => [...deadlocks],
);
