import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { walkRoutes } from '@ordergate/identity';
import { PROBLEM_CODES } from './problems/problem.ts';

const problemSchema = {
  type: 'object' as const,
  required: ['type', 'title', 'status', 'code'],
  properties: {
    type: { type: 'string' as const, format: 'uri' },
    title: { type: 'string' as const },
    status: { type: 'integer' as const },
    code: { type: 'string' as const, enum: Object.keys(PROBLEM_CODES) },
    detail: { type: 'string' as const },
    instance: { type: 'string' as const },
    errors: {
      type: 'array' as const,
      items: {
        type: 'object' as const,
        required: ['field', 'problem'],
        properties: { field: { type: 'string' as const }, value: {}, problem: { type: 'string' as const } },
      },
    },
  },
};

/** The service's OpenAPI document, made from its routes. */
export function openApiOf(app: INestApplication, name: string): OpenAPIObject {
  const settings = new DocumentBuilder()
    .setTitle(`Ordergate ${name}`)
    .setVersion('v1')
    .setOpenAPIVersion('3.1.0')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' }, 'bearer')
    .build();
  const document = SwaggerModule.createDocument(app, settings);
  document.components = {
    ...document.components,
    schemas: { ...document.components?.schemas, Problem: problemSchema },
  };
  for (const { method, path, roles, isPublic } of walkRoutes(app)) {
    const operation = operationAt(document, method, path);
    if (!operation) continue;
    operation.responses['default'] ??= problemResponse;
    describeKey(operation as Described, method);
    if (isPublic) continue;
    operation.security = [{ bearer: [] }];
    operation.description = [operation.description, `Roles: ${roles.join(', ')}.`].filter(Boolean).join('\n\n');
  }
  return document;
}

const problemResponse = {
  description: 'What went wrong',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
type Described = Operation & { 'x-no-idempotency'?: boolean };

function describeKey(operation: Described, method: string): void {
  const { 'x-no-idempotency': needsNone } = operation;
  delete operation['x-no-idempotency'];
  if (needsNone || !['POST', 'PUT', 'DELETE'].includes(method)) return;
  const description = 'New for each new request, the same for a repetition; kept 7 days';
  const schema = { type: 'string', minLength: 1, maxLength: 255 };
  const header = { name: 'Idempotency-Key', in: 'header', required: method === 'POST', description, schema } as const;
  operation.parameters = [...(operation.parameters ?? []), header];
}

function operationAt(document: OpenAPIObject, method: string, path: string) {
  const item = document.paths[path.replace(/:(\w+)/g, '{$1}')];
  return item?.[method.toLowerCase() as 'get'];
}

/** Serves the document at /openapi.json and a page to read and try it at /docs; both are public, both work offline. */
export function serveOpenApi(app: INestApplication, name: string): void {
  SwaggerModule.setup('docs', app, () => openApiOf(app, name), {
    jsonDocumentUrl: 'openapi.json',
    raw: ['json'],
    customSiteTitle: `Ordergate ${name}`,
    swaggerOptions: { persistAuthorization: true, validatorUrl: null },
  });
}
