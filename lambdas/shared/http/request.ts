import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

export type GatewayEvent = APIGatewayProxyEventV2;
export type GatewayResult = APIGatewayProxyStructuredResultV2;

/** A request as an endpoint sees it. Identity of the caller comes from here, never from a body (ADM3). */
export interface Request<Body = unknown> {
  readonly routeKey: string;
  readonly body: Body;
  readonly path: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: Readonly<Record<string, string>>;
  /** The gateway's word on who calls; X-Forwarded-For is anybody's (RL5). */
  readonly ip: string;
  readonly userAgent: string;
  readonly id: string;
  /** Milliseconds at which the gateway took the request. */
  readonly arrivedAt: number;
}

const maxUserAgent = 256;

function cookiesOf(event: Partial<GatewayEvent>): Readonly<Record<string, string>> {
  const pairs = (event.cookies ?? []).map((cookie) => {
    const at = cookie.indexOf('=');
    return [cookie.slice(0, at).trim(), cookie.slice(at + 1).trim()] as const;
  });
  return Object.fromEntries(pairs);
}

function strings(record: Readonly<Record<string, string | undefined>> | undefined): Readonly<Record<string, string>> {
  const entries = Object.entries(record ?? {}).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return Object.fromEntries(entries);
}

/** Reads an event of payload format 2.0 without trusting that any of its members is there (F28). */
export function readEvent(event: Partial<GatewayEvent>, now: number): Request<string | undefined> {
  const headers = strings(event.headers);
  const lowerCase = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  const text = typeof event.body === 'string' ? event.body : undefined;
  return {
    routeKey: event.routeKey ?? '',
    body: text !== undefined && event.isBase64Encoded ? Buffer.from(text, 'base64').toString('utf8') : text,
    path: strings(event.pathParameters),
    query: strings(event.queryStringParameters),
    headers: lowerCase,
    cookies: cookiesOf(event),
    ip: event.requestContext?.http?.sourceIp ?? '',
    userAgent: (lowerCase['user-agent'] ?? '').slice(0, maxUserAgent),
    id: event.requestContext?.requestId ?? '',
    arrivedAt: event.requestContext?.timeEpoch ?? now,
  };
}
