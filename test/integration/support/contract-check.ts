import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import type { Answer } from './visitor.ts';

type Json = Readonly<Record<string, unknown>>;

interface Media {
  readonly schema: Json;
}
interface Response {
  readonly content?: Readonly<Record<string, Media>>;
}
interface Operation {
  readonly responses: Readonly<Record<string, Response>>;
}
interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Json>> };
}

/** The contract as it is checked in: what an app developer reads. */
export const openapiDocument = JSON.parse(
  readFileSync(resolve(import.meta.dirname, '../../../contract/openapi.json'), 'utf8'),
) as OpenApi;

/** Path templates of the contract as expressions; those without parameters first. */
const paths = Object.keys(openapiDocument.paths)
  .toSorted((a, b) => a.split('{').length - b.split('{').length)
  .map((path) => [path, new RegExp(`^${path.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}$`)] as const);

function operationOf(method: string, url: string): Operation | undefined {
  const asked = new URL(url, 'http://any.local').pathname;
  const template = paths.find(
    ([path, shape]) => shape.test(asked) && openapiDocument.paths[path]?.[method.toLowerCase()],
  );
  return template && openapiDocument.paths[template[0]]?.[method.toLowerCase()];
}

const compiled = new Map<Json, z.ZodType>();

function schemaFor(schema: Json): z.ZodType {
  const reference = typeof schema.$ref === 'string' ? schema.$ref.split('/').at(-1) : undefined;
  const resolved = (reference !== undefined && openapiDocument.components.schemas[reference]) || schema;
  const known = compiled.get(resolved) ?? z.fromJSONSchema(resolved as Parameters<typeof z.fromJSONSchema>[0]);
  compiled.set(resolved, known);
  return known;
}

/** What the gateway answers itself, on AWS too: a JSON message and no problem details. */
function isOfGateway({ status, json }: Answer): boolean {
  return [404, 413, 429, 500, 503].includes(status) && json?.message !== undefined && Object.keys(json).length === 1;
}

/**
 * What an answer has against `contract/openapi.json`: an undocumented status or media type, or a body that the schema
 * refuses. `undefined` where it keeps to the contract.
 */
export function contractBreach(method: string, path: string, answer: Answer): string | undefined {
  const operation = operationOf(method, path);
  if (!operation || isOfGateway(answer)) return undefined;
  const { status, headers, text, json } = answer;
  const said = `${method} ${path} -> ${status}`;
  const documented = operation.responses[String(status)];
  if (!documented) return `${said}: the contract has no such status: ${text}`;
  const type = headers.get('content-type')?.split(';')[0] ?? '';
  if (!documented.content) return text === '' ? undefined : `${said}: the contract has no body: ${text}`;
  const media = documented.content[type];
  if (!media) return `${said}: the contract has no "${type}": ${text}`;
  const { error } = schemaFor(media.schema).safeParse(type.includes('json') ? json : text);
  return error && `${said}: ${z.prettifyError(error)}\n${text}`;
}
