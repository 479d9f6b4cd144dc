import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { requestTarget } from './request-target.ts';
import type { RouteMatch } from './route-table.ts';

/** What the gateway knows about a request beside its bytes. */
export interface RequestFacts {
  readonly requestId: string;
  readonly accountId: string;
  readonly sourceIp: string;
  /** Virtual time in ms. */
  readonly now: number;
}

/** Content types whose bodies arrive as text; everything else, forms included, arrives as base64. */
const TEXT = /^(text\/|application\/(json|javascript|xml|[\w.-]+\+json|[\w.-]+\+xml)\b)/i;

/** Headers that are the local cloud's own, or that API Gateway takes out. */
const HIDDEN = /^(x-local-.*|cookie|connection|keep-alive|transfer-encoding|upgrade)$/;

/** A request as the Lambda integration of an HTTP API hands it over: payload format 2.0. */
export function requestToEvent(
  request: IncomingMessage,
  body: Buffer,
  match: RouteMatch,
  facts: RequestFacts,
): APIGatewayProxyEventV2 {
  const target = requestTarget(request.url ?? '/');
  const method = request.method ?? 'GET';
  const path = decode(target.path);
  const query = queryOf(target.query);
  const cookies = request.headers.cookie?.split(/;\s*/).filter((cookie) => cookie !== '');
  const host = request.headers.host ?? 'localhost';
  const isText = TEXT.test(request.headers['content-type'] ?? '');
  return {
    version: '2.0',
    routeKey: match.route.key,
    rawPath: path,
    rawQueryString: target.query,
    ...(cookies === undefined ? {} : { cookies }),
    headers: headersOf(request, facts),
    ...(query === undefined ? {} : { queryStringParameters: query }),
    requestContext: {
      accountId: facts.accountId,
      apiId: 'local',
      domainName: host.replace(/:\d+$/, ''),
      domainPrefix: host.split(/[.:]/)[0] ?? '',
      http: {
        method,
        path,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: facts.sourceIp,
        userAgent: request.headers['user-agent'] ?? '',
      },
      requestId: facts.requestId,
      routeKey: match.route.key,
      stage: '$default',
      time: commonLogTime(facts.now),
      timeEpoch: facts.now,
    },
    ...(Object.keys(match.pathParameters).length === 0 ? {} : { pathParameters: match.pathParameters }),
    ...(body.length === 0 ? {} : { body: body.toString(isText ? 'utf8' : 'base64') }),
    isBase64Encoded: body.length > 0 && !isText,
  };
}

/** HTTP APIs hand `rawPath` over decoded; a path that does not decode stays as it is. */
export function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function headersOf(request: IncomingMessage, { sourceIp, now }: RequestFacts): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, values] of Object.entries(request.headersDistinct)) {
    if (!HIDDEN.test(name)) headers[name] = (values ?? []).join(',');
  }
  // The gateway appends the peer that it saw itself; what stands before is the client's own claim.
  headers['x-forwarded-for'] = [...(request.headersDistinct['x-forwarded-for'] ?? []), sourceIp].join(', ');
  headers['x-forwarded-port'] = String(request.socket.localPort ?? '');
  headers['x-forwarded-proto'] = 'encrypted' in request.socket ? 'https' : 'http';
  headers['x-amzn-trace-id'] ??= traceId(now);
  headers['content-length'] ??= '0';
  return headers;
}

/** Decoded; values of a repeated name are joined by commas. */
function queryOf(query: string): Record<string, string> | undefined {
  const parameters = new URLSearchParams(query);
  if (parameters.size === 0) return undefined;
  return Object.fromEntries([...new Set(parameters.keys())].map((name) => [name, parameters.getAll(name).join(',')]));
}

/** X-Ray's form: version, seconds in hex, 96 random bits. */
function traceId(now: number): string {
  return `Root=1-${Math.floor(now / 1000).toString(16)}-${randomBytes(12).toString('hex')}`;
}

/** `12/Mar/2026:19:03:58 +0000` */
function commonLogTime(now: number): string {
  const [, day, month, year, time] = new Date(now).toUTCString().split(' ');
  return `${day}/${month}/${year}:${time} +0000`;
}
