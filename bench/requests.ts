import { randomInt, randomUUID } from 'node:crypto';

/** A request of an operation, before it is known whether it goes over HTTP or straight into a handler. */
export interface BenchRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  /** Of `path`, for a handler that no gateway stands before. */
  readonly pathParameters?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly form?: Readonly<Record<string, string>>;
  readonly authorization?: string;
  readonly cookies?: readonly string[];
}

/** An answer, read to its end. */
export interface BenchReply {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  /** `name=value` of each cookie that was set. */
  readonly cookies: readonly string[];
}

const userAgent = 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0';

/** Somebody else each time, so that no limit is met. */
function someAddress(): string {
  return `10.${randomInt(256)}.${randomInt(256)}.${randomInt(1, 255)}`;
}

function content({ json, form }: BenchRequest): { readonly type: string; readonly text: string } | undefined {
  if (form) return { type: 'application/x-www-form-urlencoded', text: new URLSearchParams(form).toString() };
  return json === undefined ? undefined : { type: 'application/json', text: JSON.stringify(json) };
}

function headersOf(request: BenchRequest): Record<string, string> {
  const body = content(request);
  return {
    'user-agent': userAgent,
    'accept-language': 'de-DE,de;q=0.9,en;q=0.7',
    ...(body && { 'content-type': body.type }),
    ...(request.authorization && { authorization: request.authorization }),
  };
}

const pairOf = (setCookie: string) => setCookie.split(';')[0] ?? '';

function parse(text: string): BenchReply['body'] {
  return text === '' ? {} : (JSON.parse(text) as BenchReply['body']);
}

/** Sends a request to a running cloud. @returns the reply, and the id under which `/_local/calls` has it */
export async function overHttp(origin: string, request: BenchRequest): Promise<readonly [BenchReply, string]> {
  const body = content(request);
  const cookie = request.cookies?.join('; ');
  const response = await fetch(`${origin}${request.path}`, {
    method: request.method,
    headers: { ...headersOf(request), 'x-local-source-ip': someAddress(), ...(cookie && { cookie }) },
    ...(body && { body: body.text }),
  });
  const reply = {
    status: response.status,
    body: parse(await response.text()),
    cookies: response.headers.getSetCookie().map(pairOf),
  };
  return [reply, response.headers.get('x-local-request-id') ?? ''];
}

/** The event that the gateway would make of a request (payload format 2.0). */
export function asEvent(request: BenchRequest, routeKey: string): object {
  const body = content(request);
  return {
    version: '2.0',
    routeKey,
    rawPath: request.path,
    rawQueryString: '',
    headers: headersOf(request),
    ...(request.cookies && { cookies: request.cookies }),
    ...(request.pathParameters && { pathParameters: request.pathParameters }),
    // HTTP APIs hand forms over as base64.
    ...(body && { body: request.form ? Buffer.from(body.text).toString('base64') : body.text }),
    isBase64Encoded: request.form !== undefined,
    requestContext: {
      requestId: randomUUID(),
      timeEpoch: Date.now(),
      http: { method: request.method, path: request.path, sourceIp: someAddress(), userAgent },
    },
  };
}

/** Reads what a handler returned (payload format 2.0). */
export function readResult(result: unknown): BenchReply {
  const { statusCode, body, cookies } = result as {
    readonly statusCode?: number;
    readonly body?: string;
    readonly cookies?: readonly string[];
  };
  return { status: statusCode ?? 0, body: parse(body ?? ''), cookies: (cookies ?? []).map(pairOf) };
}
