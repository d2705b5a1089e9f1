/** Who may call what: CONTRACTS.md. */
export const ROLES = [
  'order-system',
  'sales',
  'credit-analyst',
  'credit-manager',
  'collector',
  'accounting',
  'ops',
  'auditor',
] as const;

export type Role = (typeof ROLES)[number];

export const isRole = (text: unknown): text is Role => (ROLES as readonly unknown[]).includes(text);

/** For routes that only read: these roles and the auditor, who reads everything. `@AllowRoles(...readers('sales'))` */
export const readers = (...roles: Role[]): Role[] => [...new Set<Role>([...roles, 'auditor'])];
