import type { GatewayResult } from './request.ts';

export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly cookies?: readonly string[];
  /** Rendered as JSON; a string goes out as it is, under the content type of `headers`. */
  readonly body?: unknown;
  /** For the log line of the request: who it was about, by pseudonymous ids; `code` where a page shows a refusal. */
  readonly audit?: {
    readonly sub?: string;
    readonly client?: string;
    readonly code?: string;
    /** Of an address, the part of its keyed hash that `addressMark` makes. */
    readonly address?: string;
  };
}

/** On every reply: nothing is cached unless an endpoint says so (SES7), nothing is sniffed, framed or referred. */
const always = {
  'cache-control': 'no-store',
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
} as const;

/** What the log line of a result says beyond the result; it never leaves the function. */
const audits = new WeakMap<GatewayResult, Reply['audit']>();

/** Who the request was about, by pseudonymous ids, for its log line. */
export function auditOf(result: GatewayResult): Reply['audit'] {
  return audits.get(result);
}

/** Renders a reply in payload format 2.0. */
export function toResult(reply: Reply): GatewayResult {
  const { status, headers, cookies, body, audit } = reply;
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const result: GatewayResult = {
    statusCode: status,
    headers: { ...always, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(cookies && { cookies: [...cookies] }),
    ...(body !== undefined && { body: text }),
  };
  if (audit) audits.set(result, audit);
  return result;
}
