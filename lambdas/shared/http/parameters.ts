import type { Request } from './request.ts';

/** Parameters of a protocol endpoint as they came; a name that came twice is in `repeated` (RFC 6749 section 3.1; OP2). */
export interface Parameters {
  readonly values: Readonly<Record<string, string>>;
  readonly repeated: readonly string[];
}

/** Empty values count as absent (RFC 6749 section 3.1). */
function parse(text: string): Parameters {
  const pairs = [...new URLSearchParams(text)].filter(([, value]) => value !== '');
  const names = pairs.map(([name]) => name);
  return {
    values: Object.fromEntries(pairs),
    repeated: names.filter((name, at) => names.indexOf(name) !== at),
  };
}

/** From the query of a GET. */
export function queryParameters(request: Request): Parameters {
  return parse(request.rawQuery);
}

/** From the form of a POST. */
export function formParameters(request: Request): Parameters {
  return parse(request.rawBody);
}
