import type { ApiRoute } from './api-definition.ts';

export interface RouteMatch {
  readonly route: ApiRoute;
  /** Values of `{name}` segments, decoded. */
  readonly pathParameters: Readonly<Record<string, string>>;
}

export type RouteTable = (method: string, path: string) => RouteMatch | undefined;

interface Compiled {
  readonly route: ApiRoute;
  readonly method: string;
  readonly segments: readonly string[];
  readonly greedy: boolean;
}

/**
 * Finds the route of a request as HTTP APIs do: the most specific path wins, then the method over `ANY`, then `$default`.
 */
export function createRouteTable(routes: readonly ApiRoute[]): RouteTable {
  const compiled = routes
    .filter(({ key }) => key !== '$default')
    .map(compile)
    .sort(bySpecificity);
  const fallback = routes.find(({ key }) => key === '$default');
  return (method, path) => {
    const segments = path.split('/').slice(1);
    for (const candidate of compiled) {
      if (candidate.method !== 'ANY' && candidate.method !== method) continue;
      const pathParameters = match(candidate, segments);
      if (pathParameters !== undefined) return { route: candidate.route, pathParameters };
    }
    return fallback && { route: fallback, pathParameters: {} };
  };
}

function compile(route: ApiRoute): Compiled {
  const [method = '', path = ''] = route.key.split(' ');
  const segments = path.split('/').slice(1);
  return { route, method, segments, greedy: segments.at(-1)?.endsWith('+}') === true };
}

function bySpecificity(a: Compiled, b: Compiled): number {
  const variables = ({ segments }: Compiled) => segments.filter((segment) => segment.startsWith('{')).length;
  return (
    Number(a.greedy) - Number(b.greedy) ||
    variables(a) - variables(b) ||
    Number(a.method === 'ANY') - Number(b.method === 'ANY')
  );
}

function match(
  { segments: pattern, greedy }: Compiled,
  segments: readonly string[],
): Record<string, string> | undefined {
  if (greedy ? segments.length < pattern.length : segments.length !== pattern.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, expected] of pattern.entries()) {
    const actual = segments[index] ?? '';
    if (greedy && index === pattern.length - 1) {
      parameters[expected.slice(1, -2)] = segments.slice(index).join('/');
    } else if (expected.startsWith('{')) {
      if (actual === '') return undefined;
      parameters[expected.slice(1, -1)] = actual;
    } else if (expected !== actual) {
      return undefined;
    }
  }
  return parameters;
}
