import { randomBytes, randomInt } from 'node:crypto';
import { lane } from './lane.ts';

export type BrandId = 'northwind' | 'solmar';

/** An answer, read to its end. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The JSON body, or `undefined`. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies whose shape is what they test
  readonly json: any;
}

export interface Asked {
  readonly json?: unknown;
  readonly form?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly redirect?: RequestInit['redirect'];
}

/** A browser somewhere: its own address on the network, its own cookies. */
export interface Visitor {
  readonly origin: string;
  readonly brand: BrandId;
  readonly client: string;
  readonly ip: string;
  readonly cookies: Map<string, string>;
  readonly ask: (method: string, path: string, asked?: Asked) => Promise<Answer>;
  readonly post: (path: string, json: unknown, asked?: Asked) => Promise<Answer>;
  readonly get: (path: string, asked?: Asked) => Promise<Answer>;
}

/** A random address of the documentation-free range 10/8, so that no test meets another's limits. */
export function randomIp(): string {
  return `10.${randomInt(256)}.${randomInt(256)}.${randomInt(1, 255)}`;
}

export function originOf(brand: BrandId): string {
  return lane().clouds[brand];
}

async function read(response: Response): Promise<Answer> {
  const text = await response.text();
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {}
  return { status: response.status, headers: response.headers, text, json };
}

function remember(cookies: Map<string, string>, response: Response): void {
  for (const header of response.headers.getSetCookie()) {
    const [pair = ''] = header.split(';');
    cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
  }
}

/** @param at another cloud than this lane's, and the client to act for there */
export function newVisitor(
  brand: BrandId = 'northwind',
  ip = randomIp(),
  at: { readonly origin?: string; readonly client?: string } = {},
): Visitor {
  const { origin = originOf(brand), client = `${brand}-web` } = at;
  const cookies = new Map<string, string>();
  const ask: Visitor['ask'] = async (method, path, asked = {}) => {
    const jar = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const type = asked.form ? 'application/x-www-form-urlencoded' : 'application/json';
    const body = asked.form ? new URLSearchParams(asked.form).toString() : (asked.body ?? json(asked.json));
    const response = await fetch(`${origin}${path}`, {
      method,
      redirect: asked.redirect ?? 'manual',
      headers: {
        'x-local-source-ip': ip,
        'user-agent': 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:145.0) Gecko/20100101 Firefox/145.0',
        ...(body !== undefined && { 'content-type': type }),
        ...(jar && { cookie: jar }),
        ...(asked.token !== undefined && { authorization: `Bearer ${asked.token}` }),
        ...asked.headers,
      },
      ...(body !== undefined && { body }),
    });
    remember(cookies, response);
    return read(response);
  };
  return {
    origin,
    brand,
    client,
    ip,
    cookies,
    ask,
    post: (path, payload, asked) => ask('POST', path, { ...asked, json: payload }),
    get: (path, asked) => ask('GET', path, asked),
  };
}

function json(value: unknown): string | undefined {
  return value === undefined ? undefined : JSON.stringify(value);
}

export function randomEmail(): string {
  return `p${randomBytes(8).toString('hex')}@example.com`;
}

export const goodPassword = 'seven quiet herons at dawn';
