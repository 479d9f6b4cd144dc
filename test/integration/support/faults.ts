import { type BrandId, originOf } from './visitor.ts';

/** A fault as `POST /_local/faults` takes it; local/proxy/fault-rules.ts describes the members. */
export interface FaultRule {
  readonly kind: string;
  readonly [member: string]: unknown;
}

/** A fault in force. */
export interface InjectedFault {
  /** Request headers that call for it, where it is tagged. */
  readonly headers: Readonly<Record<string, string>>;
  /** Calls that it hit so far. */
  readonly hits: () => Promise<number>;
  /** Ends it before its time. */
  readonly remove: () => Promise<void>;
}

async function desk(brand: BrandId, method: string, path: string, body?: unknown): Promise<Response> {
  const response = await fetch(`${originOf(brand)}/_local/${path}`, {
    method,
    headers: { accept: 'application/json', 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} /_local/${path} answered ${response.status}: ${await response.text()}`);
  return response;
}

/** Asks the developer desk; answers its JSON. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into bodies whose shape is what they test
export async function askDesk(brand: BrandId, method: string, path: string, body?: unknown): Promise<any> {
  return (await desk(brand, method, path, body)).json();
}

/** Runs `work` while a fault is in force, and ends the fault whatever happens. */
export async function withFault<T>(
  brand: BrandId,
  rule: FaultRule,
  work: (fault: InjectedFault) => Promise<T>,
): Promise<T> {
  const { id } = await askDesk(brand, 'POST', 'faults', rule);
  let removed = false;
  const remove = async () => {
    if (!removed) await desk(brand, 'DELETE', `faults/${id}`);
    removed = true;
  };
  const hits = async () => (await askDesk(brand, 'GET', `faults/${id}`)).hits as number;
  try {
    return await work({ headers: { 'x-local-fault': id }, hits, remove });
  } finally {
    await remove();
  }
}

/** An error that the service answers instead of performing the call. */
export function failing(code: string, more: FaultRule | Readonly<Record<string, unknown>> = {}): FaultRule {
  const { status = 400, members, ...selector } = more as Readonly<Record<string, unknown>>;
  return { kind: 'error', service: 'dynamodb', ...selector, error: { code, status, ...(members ? { members } : {}) } };
}

/** A cancelled transaction with these reasons, one for each step. */
export function cancelled(...codes: readonly string[]): FaultRule {
  const CancellationReasons = codes.map((Code) => ({ Code, Message: 'Injected.' }));
  return failing('TransactionCanceledException', {
    action: 'TransactWriteItems',
    tagged: true,
    members: { CancellationReasons },
  });
}

/** Changes that hold for new workers until the next recycling. */
export interface Overrides {
  readonly environment?: Readonly<Record<string, string | null>>;
  readonly code?: string;
}

/** The next events of a function meet cold workers. */
export async function recycle(brand: BrandId, name: string, overrides: Overrides = {}): Promise<void> {
  await desk(brand, 'POST', `functions/${name}/recycle`, overrides);
}

/** Runs `work` with changed workers of a function, and puts the function back whatever happens. */
export async function withOverrides<T>(
  brand: BrandId,
  name: string,
  overrides: Overrides,
  work: () => Promise<T>,
): Promise<T> {
  await recycle(brand, name, overrides);
  try {
    return await work();
  } finally {
    await recycle(brand, name);
  }
}

/** Invokes a function directly, as `aws lambda invoke` does. */
export function invoke(brand: BrandId, name: string, event: unknown) {
  return askDesk(brand, 'POST', `functions/${name}`, event);
}

/** One AWS call of an invocation. */
export interface AwsCall {
  readonly service: string;
  readonly action: string;
  readonly targets: readonly string[];
  readonly items: readonly string[];
  readonly consistent?: boolean;
  readonly status: number;
  readonly faults: readonly string[];
}

/** The AWS calls behind an answer of the API. */
export async function callsBehind(brand: BrandId, answer: { readonly headers: Headers }): Promise<readonly AwsCall[]> {
  const id = answer.headers.get('x-local-request-id') ?? '';
  const [report] = await askDesk(brand, 'GET', `calls?request=${id}`);
  return report.calls;
}

/** Waits until `probe` gives a value. */
export async function eventually<T>(probe: () => Promise<T | undefined>, what: string, ms = 10_000): Promise<T> {
  for (const end = performance.now() + ms; performance.now() < end; ) {
    const value = await probe();
    if (value !== undefined) return value;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`waited ${ms} ms in vain for ${what}`);
}
