import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../clock.ts';
import type { Outcome } from '../functions/invocation.ts';
import type { Invoker } from '../functions/invoker.ts';
import type { ApiDefinition, ApiRoute } from './api-definition.ts';
import { answerPreflight, corsHeaders } from './cors.ts';
import { requestTarget } from './request-target.ts';
import { decode, requestToEvent } from './request-to-event.ts';
import { gatewayReply, type HttpReply, resultToResponse } from './result-to-response.ts';
import { createRouteTable } from './route-table.ts';
import { createThrottle } from './throttle.ts';

export type Gateway = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** API Gateway's limit for a request body, in bytes. */
const MAX_BODY = 10 * 1024 * 1024;

/** The HTTP API in front of the functions: routes, CORS, throttling, payload format 2.0, and the replies of the gateway itself. */
export function createGateway(api: ApiDefinition, invoker: Invoker, clock: Clock, accountId: string): Gateway {
  const routes = createRouteTable(api.routes);
  const mayPass = createThrottle(api, clock.now);

  return async (request, response) => {
    const requestId = randomUUID();
    const reply = answerPreflight(request, api.cors) ?? (await answer(request, requestId));
    const headers = {
      ...reply.headers,
      ...corsHeaders(request, api.cors),
      'apigw-requestid': requestId,
      'x-local-request-id': requestId,
    };
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    if (reply.cookies.length > 0) response.setHeader('set-cookie', [...reply.cookies]);
    if (reply.status !== 204) response.setHeader('content-length', reply.body.length);
    response.writeHead(reply.status).end(reply.body);
  };

  async function answer(request: IncomingMessage, requestId: string): Promise<HttpReply> {
    const path = decode(requestTarget(request.url ?? '/').path);
    const match = routes(request.method ?? 'GET', path);
    if (match === undefined) return gatewayReply(404, 'Not Found');
    if (!mayPass(match.route)) return gatewayReply(429, 'Too Many Requests');
    const body = await readBody(request);
    if (body === undefined) return gatewayReply(413, 'Request Entity Too Large');
    const event = requestToEvent(request, body, match, {
      requestId,
      accountId,
      // X-Forwarded-For is only a claim; the emulator's own header lets a test stand somewhere else.
      sourceIp: first(request.headers['x-local-source-ip']) ?? request.socket.remoteAddress ?? '127.0.0.1',
      now: clock.now(),
    });
    const faults = (first(request.headers['x-local-fault']) ?? '').split(',').map((id) => id.trim());
    const cause = { kind: 'http', name: match.route.key, faults } as const;
    return replyTo(await withinTimeout(match.route, invoker.invoke(match.route.functionName, event, cause, requestId)));
  }
}

/** HTTP APIs answer 503 where the integration takes too long or has no capacity, and 500 where the function fails. */
function replyTo(outcome: Outcome): HttpReply {
  switch (outcome.kind) {
    case 'returned':
      return resultToResponse(outcome.value) ?? gatewayReply(500, 'Internal Server Error');
    case 'failed':
      return gatewayReply(500, 'Internal Server Error');
    case 'timed-out':
    case 'throttled':
      return gatewayReply(503, 'Service Unavailable');
  }
}

/** The function may go on when the gateway has given up. */
async function withinTimeout(route: ApiRoute, run: Promise<Outcome>): Promise<Outcome> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<Outcome>((resolve) => {
    timer = setTimeout(() => resolve({ kind: 'timed-out', ms: route.timeout, cold: false }), route.timeout);
  });
  const outcome = await Promise.race([run, timeout]);
  clearTimeout(timer);
  return outcome;
}

async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    // Read to the end, so that the client gets the answer instead of a broken connection.
    if (size <= MAX_BODY) chunks.push(chunk);
  }
  return size > MAX_BODY ? undefined : Buffer.concat(chunks);
}

function first(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
