import { ForbiddenException, Injectable, ServiceUnavailableException, UnauthorizedException } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { declarationOf } from './decorators.ts';
import type { Role } from './roles.ts';
import { TokenRefused, TokenVerifier } from './token-verifier.ts';
import type { User } from './user.ts';

interface Request {
  headers: { authorization?: string };
  user?: User;
}

interface Response {
  setHeader(name: string, value: string): void;
}

/** Stands before every route of a service. A route that declares neither roles nor @Public() is closed to everybody. */
@Injectable()
export class AuthGuard implements CanActivate {
  private readonly verifier: TokenVerifier;

  constructor(verifier: TokenVerifier) {
    this.verifier = verifier;
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    // Who may write to a topic is Kafka's to say (infra/kafka/acls.yaml).
    if (context.getType() !== 'http') return true;
    const { roles, isPublic } = declarationOf(context.getHandler(), context.getClass());
    if (isPublic) return true;

    const request = context.switchToHttp().getRequest<Request>();
    request.user = await this.userOf(request, context.switchToHttp().getResponse<Response>());
    requireRole(request.user, roles);
    return true;
  }

  private async userOf({ headers }: Request, response: Response): Promise<User> {
    const token = /^Bearer +([^ ]+) *$/i.exec(headers.authorization ?? '')?.[1];
    if (!token) {
      response.setHeader('WWW-Authenticate', 'Bearer realm="ordergate"');
      throw unauthenticated('A bearer token is missing: send the header "Authorization: Bearer <token>"');
    }
    try {
      return await this.verifier.verify(token);
    } catch (error) {
      if (!(error instanceof TokenRefused)) throw error;
      if (error.refusal === 'keys-unavailable') throw keysUnavailable();
      response.setHeader(
        'WWW-Authenticate',
        `Bearer realm="ordergate", error="invalid_token", error_description="${error.message.replaceAll('"', "'")}"`,
      );
      throw unauthenticated(error.message);
    }
  }
}

function requireRole(user: User, allowed: Role[]): void {
  if (user.roles.some((role) => allowed.includes(role))) return;
  const detail =
    allowed.length === 0
      ? 'This route is open to no role'
      : `This needs ${allowed.length === 1 ? 'the role' : 'one of the roles'} ${allowed.join(', ')}`;
  throw new ForbiddenException({ code: 'role-missing', title: 'Not allowed', detail });
}

const unauthenticated = (detail: string) =>
  new UnauthorizedException({ code: 'unauthenticated', title: 'No valid token', detail });

const keysUnavailable = () =>
  new ServiceUnavailableException({
    code: 'not-ready',
    title: 'Not ready',
    detail: "Tokens cannot be checked now: the issuer's keys cannot be read. Try again later",
  });
