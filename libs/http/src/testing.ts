export { proveRoutesAreClosed, type ClosedRoutes } from './testing/prove-routes-are-closed.ts';
