import type { Request } from './request.ts';

/** Parameters of a protocol endpoint as they came; a name that came twice is in `repeated` (RFC 6749 section 3.1; OP2). */
export interface Parameters {
  readonly values: Readonly<Record<string, string>>;
  readonly repeated: readonly string[];
}

/** Empty values count as absent (RFC 6749 section 3.1). Each name is looked up once, in a set: many cost no more (RL8). */
function parse(text: string): Parameters {
  const pairs = [...new URLSearchParams(text)].filter(([, value]) => value !== '');
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const [name] of pairs) (seen.has(name) ? repeated : seen).add(name);
  return { values: Object.fromEntries(pairs), repeated: [...repeated] };
}

/** From the query of a GET. */
export function queryParameters(request: Request): Parameters {
  return parse(request.rawQuery);
}

/** From the form of a POST. */
export function formParameters(request: Request): Parameters {
  return parse(request.rawBody);
}
