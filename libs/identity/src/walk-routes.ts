import { RequestMethod, type INestApplicationContext, type Type } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { MetadataScanner, ModulesContainer } from '@nestjs/core';
import { declarationOf, type Declaration } from './decorators.ts';

/** `roles` is [] when the route is public, and when nobody said who may call it (then it is closed). */
export interface Route extends Declaration {
  /** GET, POST, … */
  method: string;
  /** `/v1/orders/:orderId` */
  path: string;
  /** `OrdersController.place`, for messages. */
  handler: string;
}

/** Every route that the controllers of an application declare. */
export function walkRoutes(app: Pick<INestApplicationContext, 'get'>): Route[] {
  return routesOf(app.get(ModulesContainer, { strict: false }));
}

/** The same, from inside the application. */
export function routesOf(modules: ModulesContainer): Route[] {
  const controllers = [...modules.values()].flatMap((module) => [...module.controllers.values()]);
  const types = new Set(controllers.map(({ metatype }) => metatype as Type | null).filter((type) => type !== null));
  return [...types].flatMap(routesOfController);
}

function routesOfController(controller: Type): Route[] {
  const prototype = controller.prototype as Record<string, (...parameters: unknown[]) => unknown>;
  return new MetadataScanner()
    .getAllMethodNames(prototype)
    .filter((name) => Reflect.hasMetadata(PATH_METADATA, prototype[name]!))
    .flatMap((name) => routesOfMethod(controller, name, prototype[name]!));
}

function routesOfMethod(controller: Type, name: string, method: (...parameters: unknown[]) => unknown): Route[] {
  const route = {
    method: RequestMethod[Reflect.getMetadata(METHOD_METADATA, method) as number]!,
    ...declarationOf(method, controller),
    handler: `${controller.name}.${name}`,
  };
  const prefixes = pathsOf(Reflect.getMetadata(PATH_METADATA, controller));
  const paths = pathsOf(Reflect.getMetadata(PATH_METADATA, method));
  return prefixes.flatMap((prefix) => paths.map((path) => ({ ...route, path: join(prefix, path) })));
}

const pathsOf = (path: unknown): string[] => [path].flat().map((part) => String(part ?? ''));

const join = (...parts: string[]): string => `/${parts.join('/')}`.replace(/\/+/g, '/').replace(/(.)\/$/, '$1');
