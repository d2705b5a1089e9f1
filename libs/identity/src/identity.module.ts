import { Injectable, Module, type DynamicModule, type OnModuleInit } from '@nestjs/common';
import { APP_GUARD, ModulesContainer } from '@nestjs/core';
import { AuthGuard } from './auth.guard.ts';
import { identityFromEnvironment, type IdentitySettings } from './settings.ts';
import { TokenVerifier } from './token-verifier.ts';
import { routesOf } from './walk-routes.ts';

/** Stops the start of a service that has a route about which nobody said who may call it. */
@Injectable()
export class DeclaredRoutes implements OnModuleInit {
  private readonly modules: ModulesContainer;

  constructor(modules: ModulesContainer) {
    this.modules = modules;
  }

  onModuleInit(): void {
    const undeclared = routesOf(this.modules).filter(({ roles, isPublic }) => !isPublic && roles.length === 0);
    if (undeclared.length === 0) return;
    const names = undeclared.map(({ method, path, handler }) => `${method} ${path} (${handler})`);
    throw new Error(`Nobody may call ${names.join(', ')}: declare @AllowRoles(…) or @Public()`);
  }
}

/** The guard before every route of a service. Imported once, by `startService`. */
@Module({})
export class IdentityModule {
  static forService(settings: IdentitySettings = identityFromEnvironment()): DynamicModule {
    return {
      module: IdentityModule,
      global: true,
      providers: [
        { provide: TokenVerifier, useFactory: () => new TokenVerifier(settings) },
        { provide: APP_GUARD, useClass: AuthGuard },
        DeclaredRoutes,
      ],
      exports: [TokenVerifier],
    };
  }
}
