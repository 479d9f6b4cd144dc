import { randomInt } from 'node:crypto';
import { type Challenge, solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';

/** Dollars, us-east-1, on demand, November 2026: an HTTP API request, a write and a read unit, a GB-second on arm64. */
const prices = { request: 1e-6, write: 0.625e-6, read: 0.125e-6, gigabyteSecond: 1.33334e-5 };
/** Of the functions that answer people. */
const gigabytes = 1769 / 1024;
/** One answer in so many is looked up in the call record of the local cloud. */
const sampled = 20;

/** An answer as an attacker or a customer sees it. */
export interface Got {
  readonly status: number;
  readonly code: string | undefined;
  readonly body: Readonly<Record<string, unknown>>;
  readonly cookies: readonly string[];
}

export interface Sent {
  readonly ip: string;
  readonly json: unknown;
  readonly cookies?: readonly string[];
  /** An access token. */
  readonly token?: string;
}

/** What a series of requests came to. */
export interface Tally {
  readonly outcomes: ReadonlyMap<string, number>;
  readonly requests: number;
  readonly read: number;
  readonly write: number;
  readonly dollars: number;
}

/** An address of one /24. */
export const near = (prefix: string) => `${prefix}.${randomInt(1, 255)}`;
/** An address of any /24 of 10/8. */
export const anywhere = () => near(`10.${randomInt(256)}.${randomInt(256)}`);

/** Solves a challenge; `undefined` where none was given. */
export async function prove(body: Readonly<Record<string, unknown>>): Promise<string | undefined> {
  if (body.challenge === undefined) return undefined;
  const challenge = body.challenge as Challenge;
  const solution = await solveChallenge({ challenge, deriveKey });
  return Buffer.from(JSON.stringify({ challenge, solution })).toString('base64');
}

/** Sends requests and keeps count of what became of them and what they cost. */
export function openCrowd(origin: string) {
  const outcomes = new Map<string, number>();
  let requests = 0;
  let busyMs = 0;
  const samples: { readonly read: number; readonly write: number }[] = [];

  async function post(path: string, { ip, json, cookies = [], token }: Sent): Promise<Got> {
    const begun = performance.now();
    const response = await fetch(`${origin}${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
        'accept-language': 'de-DE,de;q=0.9,en;q=0.7',
        'x-local-source-ip': ip,
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(cookies.length > 0 && { cookie: cookies.join('; ') }),
      },
      body: JSON.stringify(json),
    });
    const text = await response.text();
    const body = (text ? JSON.parse(text) : {}) as Readonly<Record<string, unknown>>;
    const code = typeof body.code === 'string' ? body.code : undefined;
    const outcome = code ?? String(response.status);
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    busyMs += performance.now() - begun;
    if (requests++ % sampled === 0) await sample(response.headers.get('x-local-request-id') ?? '');
    const setCookies = response.headers.getSetCookie().map((each) => each.split(';')[0] ?? '');
    return { status: response.status, code, body, cookies: setCookies };
  }

  async function sample(id: string): Promise<void> {
    const headers = { accept: 'application/json' };
    const answer: unknown = await (await fetch(`${origin}/_local/calls?request=${id}`, { headers })).json();
    const [report] = (Array.isArray(answer) ? answer : [answer]) as readonly Partial<{
      readonly units: { readonly read: number; readonly write: number };
    }>[];
    if (report?.units) samples.push(report.units);
  }

  function tally(concurrency: number): Tally {
    const mean = (of: 'read' | 'write') =>
      samples.reduce((sum, each) => sum + each[of], 0) / Math.max(1, samples.length);
    const read = Math.round(mean('read') * requests);
    const write = Math.round(mean('write') * requests);
    // Waiting for one another on two cores is not paid for: what is busy at once shares them.
    const seconds = busyMs / 1000 / Math.max(1, concurrency / 2);
    const lambda = seconds * gigabytes * prices.gigabyteSecond;
    const dollars = requests * prices.request + read * prices.read + write * prices.write + lambda;
    return { outcomes, requests, read, write, dollars };
  }

  return { post, tally };
}

export type Crowd = ReturnType<typeof openCrowd>;

/** Works through items, so many at a time. */
export async function swarm<T>(
  items: readonly T[],
  concurrency: number,
  act: (item: T) => Promise<void>,
): Promise<void> {
  const queue = [...items];
  const one = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await act(item);
  };
  await Promise.all(Array.from({ length: concurrency }, one));
}
