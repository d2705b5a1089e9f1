import { createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common';
import type { Role } from './roles.ts';
import type { User } from './user.ts';

const ALLOWED_ROLES = 'ordergate:allowed-roles';
const IS_PUBLIC = 'ordergate:is-public';

/** Opens a route (or all routes of a controller) to users who have one of these roles. */
export const AllowRoles = (...roles: Role[]): MethodDecorator & ClassDecorator => SetMetadata(ALLOWED_ROLES, roles);

/** Opens a route to everybody, without a token. Only health and the API's own description are. */
export const Public = (): MethodDecorator & ClassDecorator => SetMetadata(IS_PUBLIC, true);

/** The caller, as a parameter of a handler: `@CurrentUser() user: User`. */
export const CurrentUser = createParamDecorator((_: unknown, context: ExecutionContext): User => {
  const { user } = context.switchToHttp().getRequest<{ user?: User }>();
  if (!user) throw new Error('@CurrentUser() is used on a public route');
  return user;
});

export interface Declaration {
  roles: Role[];
  isPublic: boolean;
}

/** What a route says about who may call it. The method's word stands over the controller's. */
export function declarationOf(method: object, controller: object): Declaration {
  const target = [method, controller].find((part) => Reflect.hasMetadata(ALLOWED_ROLES, part) || isPublic(part));
  if (!target) return { roles: [], isPublic: false };
  return { roles: (Reflect.getMetadata(ALLOWED_ROLES, target) as Role[]) ?? [], isPublic: isPublic(target) };
}

const isPublic = (target: object): boolean => Reflect.getMetadata(IS_PUBLIC, target) === true;
