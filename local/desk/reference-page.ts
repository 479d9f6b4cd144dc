import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import type { DeskHandler } from './desk-parts.ts';
import { json, page } from './desk-reply.ts';
import { type Html, html } from './html.ts';
import { layout } from './layout.ts';
import { type JsonSchema, schemaView } from './schema-view.ts';

const CONTRACT = new URL('../../contract/openapi.json', import.meta.url);

const Content = z.record(
  z.string(),
  z.looseObject({ schema: z.unknown().optional(), example: z.unknown().optional() }),
);
const Parameter = z.looseObject({
  name: z.string(),
  in: z.string(),
  required: z.boolean().optional(),
  description: z.string().optional(),
});
const Operation = z.looseObject({
  summary: z.string().optional(),
  description: z.string().optional(),
  tags: z.array(z.string()).default(['Operations']),
  parameters: z.array(z.unknown()).default([]),
  requestBody: z.unknown().optional(),
  responses: z.record(z.string(), z.unknown()).default({}),
});
const Body = z.looseObject({ description: z.string().optional(), content: Content.default({}) });
const Contract = z.looseObject({
  info: z.looseObject({ title: z.string(), version: z.string(), description: z.string().optional() }),
  paths: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
});
type Contract = z.infer<typeof Contract>;

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

/** `GET /_local/reference`: every operation of contract/openapi.json; the contract itself as JSON. */
export const referencePage: DeskHandler = ({ wantsJson }, parts) => {
  const frame = (content: Html) => page(layout(parts, { name: 'API reference', path: '/_local/reference', content }));
  if (!existsSync(CONTRACT)) {
    return frame(
      html`<h1>API reference</h1><p class="empty">contract/openapi.json is not there yet: <code>npm run contract</code> writes it.</p>`,
    );
  }
  const document: unknown = JSON.parse(readFileSync(CONTRACT, 'utf8'));
  if (wantsJson) return json(document);
  const contract = Contract.safeParse(document);
  if (!contract.success)
    return frame(
      html`<h1>API reference</h1><p class="empty">contract/openapi.json is not OpenAPI: ${z.prettifyError(contract.error)}</p>`,
    );
  return frame(render(contract.data, parts.origin));
};

function render(contract: Contract, origin: string): Html {
  const operations = Object.entries(contract.paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = Operation.safeParse(item[method]);
      return operation.success ? [{ path, method, operation: operation.data }] : [];
    }),
  );
  const groups = Map.groupBy(operations, ({ operation }) => operation.tags[0] ?? 'Operations');
  const sections = [...groups].map(
    ([tag, members]) =>
      html`<section><h2>${tag}</h2>${members.map((member) => operationView(contract, origin, member))}</section>`,
  );
  const { title, version, description } = contract.info;
  return html`<h1>${title} <small class="dim">${version}</small></h1>${description && html`<p class="lead">${description}</p>`}${sections}`;
}

function operationView(
  contract: Contract,
  origin: string,
  { path, method, operation }: { path: string; method: string; operation: z.infer<typeof Operation> },
): Html {
  const parameters = operation.parameters.flatMap((entry) => Parameter.safeParse(resolve(contract, entry)).data ?? []);
  const body = Body.safeParse(resolve(contract, operation.requestBody)).data;
  const replies = Object.entries(operation.responses).map(([status, reply]) => {
    const parsed = Body.safeParse(resolve(contract, reply)).data;
    return html`<h4><span class="badge">${status}</span> ${parsed?.description}</h4>${contentView(contract, parsed)}`;
  });
  return html`<details class="call operation" id="${method}-${path}"><summary><span class="method">${method.toUpperCase()}</span>
<code>${path}</code><span class="dim">${operation.summary}</span></summary>
${operation.description && html`<p>${operation.description}</p>`}
${
  parameters.length === 0
    ? undefined
    : html`<h3>Parameters</h3><ul class="schema">${parameters.map((entry) => html`<li><code>${entry.name}</code> <span class="dim">in ${entry.in}${entry.required === true ? ', required' : ''}</span> ${entry.description}</li>`)}</ul>`
}
${body && html`<h3>Request</h3>${contentView(contract, body)}`}
<h3>Replies</h3>${replies}
<h3>Try it</h3><pre><code>${curl(origin, method, path, body)}</code></pre></details>`;
}

function contentView(contract: Contract, body: z.infer<typeof Body> | undefined): readonly Html[] {
  return Object.entries(body?.content ?? {}).map(
    ([type, { schema }]) =>
      html`<p class="dim">${type}</p>${schemaView(schema, (reference) => lookUp(contract, reference))}`,
  );
}

function curl(origin: string, method: string, path: string, body: z.infer<typeof Body> | undefined): string {
  const [type] = Object.keys(body?.content ?? {});
  const data = type === undefined ? '' : type.includes('form') ? ` -d '…'` : ` -H 'content-type: ${type}' -d '{…}'`;
  return `curl${method === 'get' ? '' : ` -X ${method.toUpperCase()}`} ${origin}${path}${data}`;
}

/** Follows a `$ref` once: components refer to schemas, which the schema view follows itself. */
function resolve(contract: Contract, value: unknown): unknown {
  if (value === null || typeof value !== 'object' || !('$ref' in value)) return value;
  return lookUp(contract, String(value.$ref));
}

function lookUp(contract: Contract, reference: string): JsonSchema {
  let found: unknown = contract;
  for (const segment of reference.replace(/^#\//, '').split('/')) found = Object(found)[segment];
  return Object(found);
}
