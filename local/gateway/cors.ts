import type { IncomingMessage } from 'node:http';
import type { CorsConfiguration } from './api-definition.ts';
import type { HttpReply } from './result-to-response.ts';

type Headers = Readonly<Record<string, string>>;

/** The gateway's own answer to a preflight; undefined for other requests and without a CORS configuration. */
export function answerPreflight(request: IncomingMessage, cors: CorsConfiguration | undefined): HttpReply | undefined {
  const isPreflight = request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined;
  if (!isPreflight || cors === undefined) return undefined;
  const allowed = corsHeaders(request, cors);
  const details: Headers =
    Object.keys(allowed).length === 0
      ? {}
      : {
          'access-control-allow-methods': cors.AllowMethods.join(','),
          'access-control-allow-headers': cors.AllowHeaders.join(',').toLowerCase(),
          ...(cors.MaxAge === undefined ? {} : { 'access-control-max-age': String(cors.MaxAge) }),
        };
  const { 'access-control-expose-headers': _notInPreflights, ...basic } = allowed;
  return { status: 204, headers: { ...basic, ...details }, cookies: [], body: Buffer.alloc(0) };
}

/** CORS headers of a reply: none unless the request's origin is configured, exactly or by `*`. */
export function corsHeaders(request: IncomingMessage, cors: CorsConfiguration | undefined): Headers {
  const origin = request.headers.origin;
  if (cors === undefined || origin === undefined) return {};
  const any = cors.AllowOrigins.includes('*');
  if (!any && !cors.AllowOrigins.includes(origin)) return {};
  return {
    'access-control-allow-origin': any ? '*' : origin,
    ...(cors.AllowCredentials ? { 'access-control-allow-credentials': 'true' } : {}),
    ...(cors.ExposeHeaders.length > 0
      ? { 'access-control-expose-headers': cors.ExposeHeaders.join(',').toLowerCase() }
      : {}),
  };
}
