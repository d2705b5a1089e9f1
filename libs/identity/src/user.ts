import type { Role } from './roles.ts';

/** Who calls, as the token says. */
export interface User {
  /** The token's `sub`: what decisions, releases and limit changes record. */
  id: string;
  roles: Role[];
  /** Claim `ordergate_sales_reps`: whose orders the role `sales` sees. */
  salesReps: string[];
  /** When the token ends, and with it everything that goes on in its name. */
  expiresAt: Date;
}
