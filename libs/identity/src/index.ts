export { ROLES, isRole, readers, type Role } from './roles.ts';
export type { User } from './user.ts';
export { AllowRoles, CurrentUser, Public } from './decorators.ts';
export { TokenVerifier, TokenRefused, type Refusal } from './token-verifier.ts';
export { identityFromEnvironment, type IdentitySettings } from './settings.ts';
export { AuthGuard } from './auth.guard.ts';
export { walkRoutes, type Route } from './walk-routes.ts';
export { IdentityModule } from './identity.module.ts';
export { LocalIssuer, LOCAL_AUDIENCE, LOCAL_ISSUER, type TokenRequest } from './local-issuer.ts';
