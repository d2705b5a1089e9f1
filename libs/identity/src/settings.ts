export interface IdentitySettings {
  /** The only accepted `iss`. */
  issuer: string;
  /** What `aud` must name. */
  audience: string;
  /** Where the issuer's public keys are: a `file:`, `https:` or `http:` URL. */
  jwksUrl: string;
  /** Claim with the roles: its exact name, or a path such as `realm_access.roles`. */
  rolesClaim: string;
}

/** Settings from ORDERGATE_ISSUER, ORDERGATE_AUDIENCE, ORDERGATE_JWKS, ORDERGATE_ROLES_CLAIM. Throws naming what is missing. */
export function identityFromEnvironment(environment: NodeJS.ProcessEnv = process.env): IdentitySettings {
  const missing = ['ORDERGATE_ISSUER', 'ORDERGATE_AUDIENCE', 'ORDERGATE_JWKS'].filter((name) => !environment[name]);
  if (missing.length > 0) throw new Error(`${missing.join(', ')} must be set: they say whose tokens are accepted`);
  return {
    issuer: environment['ORDERGATE_ISSUER']!,
    audience: environment['ORDERGATE_AUDIENCE']!,
    jwksUrl: environment['ORDERGATE_JWKS']!,
    rolesClaim: environment['ORDERGATE_ROLES_CLAIM'] || 'ordergate_roles',
  };
}
