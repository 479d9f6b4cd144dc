import { z } from 'zod';

/** A reply to an HTTP client. */
export interface HttpReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[];
  readonly body: Buffer;
}

const Scalar = z.union([z.string(), z.number(), z.boolean()]);
const Result = z.object({
  statusCode: z.coerce.number().int().min(100).max(599),
  headers: z.record(z.string(), Scalar).nullish(),
  cookies: z.array(z.string()).nullish(),
  body: z.string().nullish(),
  isBase64Encoded: z.boolean().nullish(),
});

/** Lambda's limit for what a function returns, in bytes. */
const MAX_RESULT = 6 * 1024 * 1024;

/** Headers that the gateway sets itself, and CORS headers, which only its own configuration decides. */
const OWN = /^(connection|content-length|date|keep-alive|transfer-encoding|access-control-.*)$/;

/** The reply that API Gateway makes of a function's result (payload format 2.0); undefined where it would answer 500. */
export function resultToResponse(result: unknown): HttpReply | undefined {
  if (result === null || typeof result !== 'object' || !('statusCode' in result)) {
    // Format 2.0 takes any JSON without a status code as a body.
    const body = typeof result === 'string' ? result : JSON.stringify(result);
    return { status: 200, headers: { 'content-type': 'application/json' }, cookies: [], body: Buffer.from(body) };
  }
  const parsed = Result.safeParse(result);
  if (!parsed.success) return undefined;
  const { statusCode, headers, cookies, body, isBase64Encoded } = parsed.data;
  const bytes = Buffer.from(body ?? '', isBase64Encoded === true ? 'base64' : 'utf8');
  if (bytes.length > MAX_RESULT) return undefined;
  const entries = Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)] as const);
  const kept = Object.fromEntries(entries.filter(([name]) => !OWN.test(name)));
  const typed = bytes.length === 0 ? kept : { 'content-type': 'text/plain;charset=UTF-8', ...kept };
  return { status: statusCode, headers: typed, cookies: cookies ?? [], body: bytes };
}

/** A reply of the gateway itself. */
export function gatewayReply(status: number, message: string): HttpReply {
  const body = Buffer.from(JSON.stringify({ message }));
  return { status, headers: { 'content-type': 'application/json' }, cookies: [], body };
}
