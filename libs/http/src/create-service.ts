import type { DynamicModule, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { CustomTransportStrategy } from '@nestjs/microservices';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { identityFromEnvironment, IdentityModule, type IdentitySettings } from '@ordergate/identity';
import { createLogger, NestLogger, ObservabilityModule, Registry, type Logger } from '@ordergate/observability';
import { HttpEdgeModule } from './http-edge.module.ts';
import { serveOpenApi } from './open-api.ts';
import { requestMetrics } from './operations/request-metrics.ts';

export interface ServiceSettings {
  /** `customer-credit`: names the service in logs, metrics and its API's description. */
  name: string;
  /** The service's own module. Needs a `Database` provider if it takes writes over HTTP. */
  module: Type | DynamicModule;
  /** The transport that brings it its messages, made with the application's own providers. */
  strategy?: (app: NestExpressApplication) => CustomTransportStrategy;
  /** Whose tokens are accepted; default from the environment. */
  identity?: IdentitySettings;
  logger?: Logger;
}

const bodySizeMax = '1mb';

class ServiceModule {}

/**
 * Builds a service without starting it: its module with logger, metrics, health, guard, problem+json, idempotency and
 * OpenAPI around it. Throws what hinders it, also a route about which nobody said who may call it (at `listen`).
 */
export async function createService(settings: ServiceSettings): Promise<NestExpressApplication> {
  const { name, module, strategy, identity = identityFromEnvironment(), logger = createLogger(name) } = settings;
  const root: DynamicModule = {
    module: ServiceModule,
    imports: [
      ObservabilityModule.forService(name, logger),
      IdentityModule.forService(identity),
      HttpEdgeModule,
      module,
    ],
  };
  const app = await NestFactory.create<NestExpressApplication>(root, {
    logger: new NestLogger(logger),
    abortOnError: false,
    bodyParser: false,
    rawBody: true,
    routeConflictPolicy: { duplicate: 'error' },
  });
  app.disable('x-powered-by');
  app.use(requestMetrics(app.get(Registry)));
  app.useBodyParser('json', { limit: bodySizeMax });
  serveOpenApi(app, name);
  if (strategy) app.connectMicroservice({ strategy: strategy(app) });
  return app;
}

/** Starts to listen, then to consume; returns the base URL. Port 0 takes a free one. */
export async function listen(app: NestExpressApplication, port: number, host = '127.0.0.1'): Promise<string> {
  await app.listen(port, host);
  await app.startAllMicroservices();
  const { port: actualPort } = app.getHttpServer().address() as { port: number };
  return `http://${host.includes(':') ? `[${host}]` : host}:${actualPort}`;
}
