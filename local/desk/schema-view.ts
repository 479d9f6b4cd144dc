import { type Html, html } from './html.ts';

export type JsonSchema = Readonly<Record<string, unknown>>;

/** Nesting beyond this is not shown: schemas may refer to themselves. */
const DEEPEST = 6;

/** A JSON Schema as a nested list: name, type, constraints, description. */
export function schemaView(schema: unknown, lookUp: (reference: string) => JsonSchema, depth = 0): Html {
  const resolved = follow(schema, lookUp);
  if (depth > DEEPEST) return html`<span class="dim">…</span>`;
  const properties = Object.entries(Object(resolved.properties));
  const required: readonly unknown[] = Array.isArray(resolved.required) ? resolved.required : [];
  if (properties.length > 0) {
    const rows = properties.map(([name, property]) => {
      const own = follow(property, lookUp);
      return html`<li><code>${name}</code> <span class="dim">${describe(own, lookUp)}${required.includes(name) ? '' : ', optional'}</span>
${text(own.description)}${children(own, lookUp, depth)}</li>`;
    });
    return html`<ul class="schema">${rows}</ul>`;
  }
  return html`<p>${describe(resolved, lookUp)} ${text(resolved.description)}</p>${children(resolved, lookUp, depth)}`;
}

function children(schema: JsonSchema, lookUp: (reference: string) => JsonSchema, depth: number): Html | undefined {
  if ('properties' in schema) return schemaView(schema, lookUp, depth + 1);
  const items = follow(schema.items, lookUp);
  return 'properties' in items ? schemaView(items, lookUp, depth + 1) : undefined;
}

function follow(schema: unknown, lookUp: (reference: string) => JsonSchema): JsonSchema {
  const own: JsonSchema = Object(schema);
  return typeof own.$ref === 'string' ? { ...lookUp(own.$ref), ...without$ref(own) } : own;
}

function without$ref({ $ref: _reference, ...rest }: JsonSchema): JsonSchema {
  return rest;
}

function describe(schema: JsonSchema, lookUp: (reference: string) => JsonSchema): string {
  if (Array.isArray(schema.enum)) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  if ('const' in schema) return JSON.stringify(schema.const);
  for (const union of ['anyOf', 'oneOf']) {
    const branches = schema[union];
    if (Array.isArray(branches)) return branches.map((branch) => describe(follow(branch, lookUp), lookUp)).join(' | ');
  }
  const type = Array.isArray(schema.type) ? schema.type.join(' | ') : String(schema.type ?? 'any');
  if (type === 'array') return `array of ${describe(follow(schema.items, lookUp), lookUp)}`;
  const limits = ['format', 'minLength', 'maxLength', 'minimum', 'maximum', 'pattern'].flatMap((name) =>
    schema[name] === undefined ? [] : [name === 'format' ? String(schema[name]) : `${name} ${String(schema[name])}`],
  );
  return [type, ...limits].join(', ');
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
