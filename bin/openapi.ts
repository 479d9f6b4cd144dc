import * as z from 'zod/mini';
import type { Route } from '../lambdas/shared/domain/capability.ts';
import { type ProblemCode, problemStatuses, problemType } from '../lambdas/shared/domain/problem.ts';
import type { Operation } from '../lambdas/shared/http/contract.ts';
import { en as messages } from '../lambdas/shared/messages/problems/en.ts';
import { capabilities } from './capabilities.ts';
import { contracts } from './contracts.ts';
import { errorResponses } from './openapi-errors.ts';

type Json = Readonly<Record<string, unknown>>;

const mediaTypes = { json: 'application/json', form: 'application/x-www-form-urlencoded' } as const;

function schemaOf(schema: z.ZodMiniType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io });
  return rest;
}

function parameters(route: Route, operation: Operation): readonly Json[] {
  const inPath = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const query = operation.query ? schemaOf(operation.query, 'input') : {};
  const needed = new Set(query.required as readonly string[] | undefined);
  const inQuery = Object.entries((query.properties ?? {}) as Json).map(([name, schema]) => {
    return { name, in: 'query', required: needed.has(name), schema };
  });
  return [...inPath, ...inQuery];
}

function operationObject(capability: string, route: Route, operation: Operation): Json {
  const { summary, body, encoding = 'json', reply } = operation;
  const also = reply.also && { [reply.also]: { schema: { type: 'string' } } };
  const content = reply.schema
    ? { [reply.type ?? 'application/json']: { schema: schemaOf(reply.schema, 'output') }, ...also }
    : reply.type && { [reply.type]: { schema: { type: 'string' } } };
  const others = (reply.others ?? []).map((status) => [status, { description: 'Over or refused', content }] as const);
  const security = {
    bearer: [{ bearer: [] }],
    client: [{ client: [] }, {}],
    registration: [{ registration: [] }],
    public: [],
    flow: [],
  }[route.auth];
  return {
    operationId: `${route.method.toLowerCase()}${route.path.replace(/[^a-zA-Z0-9]+(.)?/g, (_, next = '') => next.toUpperCase())}`,
    tags: [capability],
    summary,
    parameters: parameters(route, operation),
    ...(body && {
      requestBody: { required: true, content: { [mediaTypes[encoding]]: { schema: schemaOf(body, 'input') } } },
    }),
    responses: {
      [reply.status]: { description: 'Success', ...(content && { content }) },
      ...errorResponses(operation, route),
      ...Object.fromEntries(others),
    },
    security,
  };
}

function problemSchema(): Json {
  const codes = Object.keys(problemStatuses) as ProblemCode[];
  return {
    type: 'object',
    description: 'RFC 9457 problem details. `code` is stable: switch on it.',
    required: ['type', 'title', 'status', 'detail', 'code', 'instance'],
    properties: {
      type: { type: 'string', enum: codes.map(problemType) },
      title: { type: 'string' },
      status: { type: 'integer' },
      detail: { type: 'string' },
      code: {
        type: 'string',
        enum: codes,
        description: codes.map((code) => `- \`${code}\`: ${messages[`${code}.title`]}`).join('\n'),
      },
      instance: { type: 'string', description: 'Names the request in the logs.' },
      errors: {
        type: 'array',
        items: {
          type: 'object',
          required: ['field', 'rule', 'detail'],
          properties: { field: { type: 'string' }, rule: { type: 'string' }, detail: { type: 'string' } },
        },
      },
    },
  };
}

/** The OpenAPI 3.1 document of every route, made from the Zod schemas that validate the requests. */
export function openapi(version: string): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const { name, trigger } of capabilities) {
    if (trigger.kind !== 'http') continue;
    for (const route of trigger.routes) {
      const operation = contracts[name]?.[`${route.method} ${route.path}`];
      if (!operation) throw new Error(`lambdas/${name}/contract.ts has no operation ${route.method} ${route.path}`);
      paths[route.path] = {
        ...paths[route.path],
        [route.method.toLowerCase()]: operationObject(name, route, operation),
      };
    }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Latchkey',
      version,
      description: 'Customer identity: sign-up, sign-in, recovery, consent, self-service and tokens.',
    },
    servers: [{ url: '/' }],
    tags: capabilities
      .filter(({ trigger }) => trigger.kind === 'http')
      .map(({ name, summary }) => ({ name, description: summary })),
    paths,
    components: {
      schemas: {
        Problem: problemSchema(),
        OAuthError: {
          type: 'object',
          required: ['error'],
          properties: { error: { type: 'string' }, error_description: { type: 'string' } },
        },
      },
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT (RFC 9068)' },
        registration: { type: 'http', scheme: 'bearer', description: 'An initial or a registration access token.' },
        client: { type: 'http', scheme: 'basic', description: 'client_id and client_secret (RFC 6749 section 2.3.1)' },
      },
    },
  };
}
