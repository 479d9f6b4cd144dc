import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Edge } from '../domain/place.ts';
import { type EdgeKind, readEdge } from './edge.ts';

export type GatewayEvent = APIGatewayProxyEventV2;
export type GatewayResult = APIGatewayProxyStructuredResultV2;

/** A request as an endpoint sees it. Identity of the caller comes from here, never from a body (ADM3). */
export interface Request<Body = unknown> {
  readonly routeKey: string;
  readonly body: Body;
  readonly path: Readonly<Record<string, string>>;
  /** Of the request target, as it came. */
  readonly rawPath: string;
  readonly query: Readonly<Record<string, string>>;
  /** As it came, for the endpoints that must see a parameter come twice. */
  readonly rawQuery: string;
  readonly rawBody: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: Readonly<Record<string, string>>;
  /** The word of the gateway, or of the edge in front of it, on who calls; X-Forwarded-For is anybody's (RL5). */
  readonly ip: string;
  /** Where the caller is, as the edge tells it; empty where none is in front. */
  readonly edge: Edge;
  readonly userAgent: string;
  readonly id: string;
  /** Milliseconds at which the gateway took the request. */
  readonly arrivedAt: number;
}

const maxUserAgent = 256;

/** The members of whatever should have been an object. */
function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function cookiesOf(cookies: unknown): Readonly<Record<string, string>> {
  const texts = Array.isArray(cookies) ? cookies.filter((cookie) => typeof cookie === 'string') : [];
  const pairs = texts.map((cookie) => {
    const at = cookie.indexOf('=');
    return [cookie.slice(0, at).trim(), cookie.slice(at + 1).trim()] as const;
  });
  return Object.fromEntries(pairs);
}

function strings(record: unknown): Readonly<Record<string, string>> {
  const entries = Object.entries(membersOf(record)).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return Object.fromEntries(entries);
}

/**
 * Reads an event of payload format 2.0 without trusting that any of its members is there or of its type (F28).
 * @param edgeKind what the deployment says is in front of the gateway
 */
export function readEvent(
  event: Partial<GatewayEvent>,
  now: number,
  edgeKind: EdgeKind = 'none',
): Request<string | undefined> {
  const { routeKey, body, isBase64Encoded, pathParameters, queryStringParameters, ...rest } = membersOf(event);
  const lowerCase = Object.entries(strings(rest.headers)).map(([name, value]) => [name.toLowerCase(), value] as const);
  const headers: Readonly<Record<string, string>> = Object.fromEntries(lowerCase);
  const { http, requestId, timeEpoch } = membersOf(rest.requestContext);
  const { edge, ip } = readEdge(edgeKind, headers);
  const decoded = isBase64Encoded === true ? Buffer.from(text(body), 'base64').toString('utf8') : text(body);
  return {
    routeKey: text(routeKey),
    body: typeof body === 'string' ? decoded : undefined,
    rawBody: decoded,
    rawQuery: text(rest.rawQueryString),
    path: strings(pathParameters),
    rawPath: text(rest.rawPath),
    query: strings(queryStringParameters),
    headers,
    cookies: cookiesOf(rest.cookies),
    ip: ip ?? text(membersOf(http).sourceIp),
    edge,
    userAgent: (headers['user-agent'] ?? '').slice(0, maxUserAgent),
    id: text(requestId),
    arrivedAt: typeof timeEpoch === 'number' && Number.isFinite(timeEpoch) ? timeEpoch : now,
  };
}
